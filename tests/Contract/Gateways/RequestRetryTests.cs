using System.Net;
using System.Text;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Contract.Hosting;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Tests.Contract.Gateways;

/// <summary>What the gateway does when a replica fails: it repeats what is safe, and nothing else.</summary>
public sealed class RequestRetryTests
{
    private const string Nowhere = "http://127.0.0.1:1";

    [Theory]
    [InlineData("GET", false, HttpStatusCode.Accepted)]
    [InlineData("POST", true, HttpStatusCode.Accepted)]
    [InlineData("POST", false, HttpStatusCode.BadGateway)]
    public async Task A_request_whose_answer_was_lost_is_repeated_if_it_may_be_made_twice(string method, bool hasKey, HttpStatusCode expected)
    {
        var asked = 0;
        await using var one = await Replica(context => Flaky(context, ref asked));
        await using var other = await Replica(context => Flaky(context, ref asked));
        await using var gateway = await RunningGateway.To("Order", one, other);

        using var request = new HttpRequestMessage(new HttpMethod(method), "/orders");
        request.Content = method is "GET" ? null : new StringContent("통닭 한 마리", Encoding.UTF8);
        if (hasKey)
            request.Headers.Add("Idempotency-Key", "k");
        var answer = await gateway.Rest.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Accepted ? 2 : 1, asked);
        if (method is "POST" && hasKey)
            Assert.Equal("통닭 한 마리", await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What broke may have been a connection alone, by the fault of somebody who shared it.</summary>
    [Theory]
    [InlineData("GET", HttpStatusCode.Accepted, 2)]
    [InlineData("POST", HttpStatusCode.BadGateway, 1)]
    public async Task Where_there_is_no_other_replica_the_same_one_is_asked_once_more(string method, HttpStatusCode expected, int times)
    {
        var asked = 0;
        await using var only = await Replica(context => Flaky(context, ref asked));
        await using var gateway = await RunningGateway.To("Order", only);

        using var request = new HttpRequestMessage(new HttpMethod(method), "/orders");
        var answer = await gateway.Rest.SendAsync(request);

        Assert.Equal((expected, times), (answer.StatusCode, asked));
    }

    [Theory]
    [InlineData(60_000, HttpStatusCode.Accepted)]
    [InlineData(65_537, HttpStatusCode.BadGateway)]
    public async Task A_body_is_repeated_whole_or_not_at_all(int length, HttpStatusCode expected)
    {
        var asked = 0;
        await using var one = await Replica(context => Flaky(context, ref asked));
        await using var other = await Replica(context => Flaky(context, ref asked));
        await using var gateway = await RunningGateway.To("Order", one, other);
        var text = string.Concat(Enumerable.Range(0, length).Select(static number => (char)('a' + (number % 26))));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent(text) };
        request.Headers.Add("Idempotency-Key", "k");
        var answer = await gateway.Rest.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.Accepted)
            Assert.Equal(text, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task A_replica_that_refuses_the_connection_is_passed_over_whatever_is_asked(string method)
    {
        await using var there = await Replica(Echo);
        await using var gateway = await RunningGateway.With($"--Order:RestAddresses={Nowhere},{there.App.Urls.First()}", "--Gateway:Health:Interval=3600");

        for (var time = 0; time < 6; time++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), method is "POST" ? "/orders" : "/orders/1");
            request.Content = method is "GET" ? null : new StringContent($"body {time}");
            var answer = await gateway.Rest.SendAsync(request);

            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.Equal(method is "GET" ? "" : $"body {time}", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Where_nobody_can_be_reached_nothing_was_done_and_it_says_when_to_come_again()
    {
        await using var gateway = await RunningGateway.With($"--Order:RestAddresses={Nowhere}", $"--Order:Addresses={Nowhere}");

        var answer = await gateway.Rest.PostAsync("/orders", new StringContent("{}"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, answer.Headers.RetryAfter?.Delta?.TotalSeconds);
        Assert.Contains("SERVICE_UNREACHABLE", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<RpcException>(() => Orders(gateway).PlaceOrderAsync(new PlaceOrderRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Contains(refused.Trailers, static trailer => trailer.Key == "grpc-status-details-bin");
    }

    [Fact]
    public async Task A_call_is_repeated_if_its_contract_says_that_it_is_safe()
    {
        var asked = 0;
        await using var one = await RunningService.With(app => Aborting(app, () => Interlocked.Increment(ref asked)));
        await using var other = await RunningService.With(app => Aborting(app, () => Interlocked.Increment(ref asked)));
        await using var gateway = await RunningGateway.To("Order", one, other);

        Assert.Equal(7, (await Orders(gateway).GetOrderAsync(new GetOrderRequest { OrderId = 7 })).Order.OrderId);
        Assert.Equal(2, asked);

        asked = 0;
        var lost = await Assert.ThrowsAsync<RpcException>(() => Orders(gateway).PlaceOrderAsync(new PlaceOrderRequest { Address = "서울" }).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, lost.StatusCode);
        Assert.Equal(1, asked);

        asked = 0;
        Assert.Equal(1, (await Orders(gateway).PlaceOrderAsync(new PlaceOrderRequest { Address = "서울", RequestId = "k" })).Order.OrderId);
        Assert.Equal(2, asked);
    }

    private static OrderService.OrderServiceClient Orders(RunningGateway gateway) => new(gateway.Rpc);

    private static Task<RunningService> Replica(RequestDelegate answer) => RunningService.With(app => app.MapFallback(answer).AllowWithoutToken());

    private static async Task Echo(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await context.Request.Body.CopyToAsync(context.Response.Body);
    }

    // Whoever is asked first reads everything, and dies.
    private static Task Flaky(HttpContext context, ref int asked) => Interlocked.Increment(ref asked) == 1 ? Die(context) : Echo(context);

    private static async Task Die(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Abort();
    }

    private static void Aborting(WebApplication app, Func<int> count)
    {
        app.Use(async (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/fooddelivery.ordering.v1.OrderService", StringComparison.Ordinal) && count() == 1)
                await Die(context);
            else
                await next(context);
        });
        app.MapGrpcService<Answering>().AllowWithoutToken();
    }

    private sealed class Answering : OrderService.OrderServiceBase
    {
        public override Task<GetOrderResponse> GetOrder(GetOrderRequest request, ServerCallContext context) =>
            Task.FromResult(new GetOrderResponse { Order = new Order { OrderId = request.OrderId } });

        public override Task<PlaceOrderResponse> PlaceOrder(PlaceOrderRequest request, ServerCallContext context) =>
            Task.FromResult(new PlaceOrderResponse { Order = new Order { OrderId = 1 } });
    }
}
