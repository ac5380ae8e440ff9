using System.Net;
using System.Net.Http.Headers;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Contract.Security;
using FoodDelivery.Tests.Support.Security;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Tests.Contract.Gateways;

/// <summary>Whom the gateway lets through. The service behind checks once more, and whose things they are.</summary>
public sealed class TokenTests
{
    [Theory]
    [InlineData("Development", "GET", HttpStatusCode.Accepted)]
    [InlineData("Development", "POST", HttpStatusCode.Unauthorized)]
    [InlineData("Production", "GET", HttpStatusCode.Unauthorized)]
    [InlineData("Production", "POST", HttpStatusCode.Unauthorized)]
    public async Task Without_a_token_one_may_only_read_and_only_in_development(string environment, string method, HttpStatusCode expected)
    {
        var reached = 0;
        await using var behind = await Counting(() => Interlocked.Increment(ref reached));
        await using var gateway = await RunningGateway.To("Order", [behind], $"--environment={environment}");

        using var request = new HttpRequestMessage(new HttpMethod(method), "/orders");
        Assert.Equal(expected, (await gateway.Stranger.SendAsync(request)).StatusCode);
        Assert.Equal(expected == HttpStatusCode.Accepted ? 1 : 0, reached);

        using var known = new HttpRequestMessage(new HttpMethod(method), "/orders");
        Assert.Equal(HttpStatusCode.Accepted, (await gateway.Rest.SendAsync(known)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Stranger.GetAsync("/healthz/ready")).StatusCode);
    }

    [Fact]
    public async Task No_bad_token_passes_not_even_to_read()
    {
        var reached = 0;
        await using var behind = await Counting(() => Interlocked.Increment(ref reached));
        await using var gateway = await RunningGateway.To("Order", behind);
        using var stranger = new TestTokens(gateway.Tokens.Issuer);

        foreach (var (flaw, token) in BadTokens.Of(gateway.Tokens, stranger, "operator").Append(("huge", new string('x', 12_000))).Where(static bad => bad.Item2.Length > 0))
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                using var request = new HttpRequestMessage(method, "/orders") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
                var answer = await gateway.Stranger.SendAsync(request);
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{flaw}: {answer.StatusCode}");
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            }
        }

        Assert.Equal(0, reached);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(140, true)]
    [InlineData(220, true)]
    [InlineData(330, false)]
    public async Task A_token_with_many_groups_is_taken_or_said_to_be_too_long(int groups, bool isTaken)
    {
        const string Method = "/fooddelivery.ordering.v1.OrderService/GetOrder";
        await using var authority = await TestAuthority.Start();
        await using var behind = await RunningService.With(
            static app =>
            {
                app.MapGrpcService<Orders>().AllowRoles(Roles.Customer);
                app.MapGet("/orders", static () => "here").AllowRoles(Roles.Customer);
            },
            authority.Settings);
        await using var gateway = await RunningGateway.To("Order", [behind], authority.Settings);
        var claims = authority.Tokens.Claims("kim", "customer");
        claims["groups"] = Enumerable.Range(0, groups).Select(static _ => Guid.NewGuid()).ToList();
        var token = authority.Tokens.Sign(claims);

        // Of gRPC the test's door has one status for RESOURCE_EXHAUSTED and whatever else is no matter of tokens; what the gateway's server refuses by itself stays HTTP's.
        foreach (var (app, rpc) in new[] { (gateway.App, 431), (behind.App, 409) })
        {
            using var door = new Door(new Uri(app.Urls.First()), new Uri(app.Urls.Last()));
            Assert.Equal(isTaken ? 200 : 431, (await door.Rest("GET", "/orders", token)).Status);
            Assert.Equal(isTaken ? 200 : rpc, await OverHttp2(door, Method, token));
            Assert.Equal(isTaken ? 200 : rpc, (await door.Web(Method, new GetOrderRequest { OrderId = 1 }, token, patiently: true)).Status);
        }
    }

    // A client that has read the server's settings by then asks it nothing.
    private static async Task<int> OverHttp2(Door door, string method, string token)
    {
        try
        {
            return (await door.Rpc(method, new GetOrderRequest { OrderId = 1 }, token, patiently: true)).Status;
        }
        catch (HttpRequestException tooLong) when (tooLong.ToString().Contains("exceeded the server limit of 16384 bytes", StringComparison.Ordinal))
        {
            return 431;
        }
    }

    private sealed class Orders : OrderService.OrderServiceBase
    {
        public override Task<GetOrderResponse> GetOrder(GetOrderRequest request, ServerCallContext context) => Task.FromResult(new GetOrderResponse());
    }

    [Fact]
    public async Task A_call_without_a_token_is_unauthenticated()
    {
        await using var gateway = await RunningGateway.With();
        using var channel = GrpcChannel.ForAddress(gateway.App.Urls.Last());

        var refused = await Assert.ThrowsAsync<RpcException>(() => new OrderService.OrderServiceClient(channel).GetOrderAsync(new GetOrderRequest { OrderId = 1 }).ResponseAsync);

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    private static Task<RunningService> Counting(Action count) => RunningService.With(app => app.MapFallback((HttpContext context) =>
    {
        count();
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }).AllowWithoutToken());
}
