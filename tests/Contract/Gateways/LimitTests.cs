using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Support;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Gateways;

/// <summary>What is too much is refused at once, in the caller's language, and says when to come again.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_client_that_asks_too_often_is_told_when_to_come_again_and_its_reads_go_on()
    {
        await using var behind = await Orders();
        await using var gateway = await RunningGateway.To("Order", [behind], "--Limits:Client:WritesPerSecond=1", "--Limits:Client:WritesBurst=3");

        // What a busy machine spreads over seconds is allowed again meanwhile.
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => gateway.Rest.PostAsync("/orders", new StringContent("{}"))));

        var let = answers.Count(static answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.InRange(let, 3, 3 + (int)watch.Elapsed.TotalSeconds);
        var refused = answers.Where(static answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(12 - let, refused.Count);
        Assert.All(refused, static answer => Assert.InRange(answer.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 5));
        Assert.Equal("application/problem+json", refused[0].Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Rest.GetAsync("/orders")).StatusCode);

        // More than the burst and what several seconds allow besides; none finds such a method behind the gateway.
        var orders = new OrderService.OrderServiceClient(gateway.Rpc);
        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Assert.ThrowsAsync<RpcException>(() => orders.PlaceOrderAsync(new PlaceOrderRequest()).ResponseAsync)));
        var call = calls.First(static call => call.StatusCode == StatusCode.ResourceExhausted);
        Assert.Contains("RetryInfo", Encoding.Latin1.GetString(call.Trailers.GetValueBytes("grpc-status-details-bin")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_over_gRPC_are_no_commands_whosever_they_are()
    {
        await using var behind = await Orders();
        await using var gateway = await RunningGateway.To("Customer", [behind], "--Limits:Client:WritesPerSecond=1", "--Limits:Client:WritesBurst=1");
        var statuses = new OrderStatusService.OrderStatusServiceClient(gateway.Rpc);

        for (var time = 0; time < 4; time++)
        {
            var unknown = await Assert.ThrowsAsync<RpcException>(() => statuses.GetOrderStatusAsync(new GetOrderStatusRequest()).ResponseAsync);
            Assert.NotEqual(StatusCode.ResourceExhausted, unknown.StatusCode);
        }
    }

    /// <summary>Routing does not ask whether letters are capitals; neither does what a call is counted as.</summary>
    [Theory]
    [InlineData("GetOrderStatus")]
    [InlineData("getorderstatus")]
    public async Task A_call_is_counted_as_the_method_that_it_matched(string method)
    {
        await using var behind = await Orders();
        await using var gateway = await RunningGateway.To("Customer", [behind], "--Limits:Client:WritesPerSecond=1", "--Limits:Client:WritesBurst=1");

        for (var time = 0; time < 4; time++)
        {
            using var content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc-web") } };
            using var answer = await gateway.Rest.PostAsync($"/fooddelivery.customer.v1.OrderStatusService/{method}", content);
            Assert.False(answer.Headers.TryGetValues("grpc-status", out var status) && status.Contains("8"));
        }
    }

    [Fact]
    public async Task A_server_works_on_so_much_at_once_and_refuses_the_rest_fast()
    {
        var gate = new TaskCompletionSource();
        await using var service = await RunningService.With(
            app => app.MapPost("/slow", async () =>
            {
                await gate.Task;
                return "done";
            }),
            "--Limits:Concurrency=2",
            "--Limits:Queue=1",
            "--Limits:LongestWaitSeconds=0.2");

        var watch = Stopwatch.StartNew();
        var asked = Enumerable.Range(0, 5).Select(_ => service.Rest.PostAsync("/slow", null)).ToList();
        var refused = new List<HttpResponseMessage>();
        for (var time = 0; time < 3; time++)
        {
            var first = await Task.WhenAny(asked);
            asked.Remove(first);
            refused.Add(await first);
        }

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
        Assert.All(refused, static answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        Assert.All(refused, static answer => Assert.NotNull(answer.Headers.RetryAfter));
        await Eventually.Holds(async () => Assert.Equal(HttpStatusCode.OK, (await service.Rest.GetAsync("/healthz/ready")).StatusCode));
        gate.SetResult();
        Assert.All(await Task.WhenAll(asked), static answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Who_opens_requests_and_says_nothing_in_them_takes_nobodys_place()
    {
        // A busy machine must not take so long that the silent ones are given up for their slowness.
        await using var service = await RunningService.With(
            static builder => builder.Services.Configure<KestrelServerOptions>(static kestrel => kestrel.Limits.MinRequestBodyDataRate = null),
            static app => app.MapPost("/echo", static async (HttpRequest request) => await new StreamReader(request.Body).ReadToEndAsync()),
            "--Limits:Concurrency=2",
            "--Limits:Queue=0");
        var address = service.Rest.BaseAddress!;
        var silent = new List<TcpClient>();
        try
        {
            for (var number = 0; number < 8; number++)
            {
                var connection = new TcpClient();
                silent.Add(connection);
                await connection.ConnectAsync(address.Host, address.Port);
                await connection.GetStream().WriteAsync(
                    Encoding.ASCII.GetBytes($"POST /echo HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: 6\r\n\r\nhal"));
            }

            for (var number = 0; number < 20; number++)
            {
                using var answer = await service.Rest.PostAsync("/echo", new StringContent("whole"));
                Assert.Equal("whole", await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
            }

            await silent[0].GetStream().WriteAsync("ves"u8.ToArray());
            using var reader = new StreamReader(silent[0].GetStream());
            Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync());
        }
        finally
        {
            silent.ForEach(static connection => connection.Dispose());
        }
    }

    private static Task<RunningService> Orders() => RunningService.With(static app =>
    {
        app.MapPost("/orders", static () => Results.StatusCode(StatusCodes.Status201Created)).AllowWithoutToken();
        app.MapGet("/orders", static () => "none").AllowWithoutToken();
    });
}
