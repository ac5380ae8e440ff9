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
