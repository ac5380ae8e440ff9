using System.Net;
using System.Net.Http.Headers;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Support.Security;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Tests.Contract.Security;

/// <summary>What a token may be, and until when.</summary>
public sealed class TokenTests
{
    [Theory]
    [InlineData("at+jwt", true)]
    [InlineData("application/at+JWT", true)]
    [InlineData("JWT", true)]
    [InlineData("dpop+jwt", false)]
    [InlineData("dpop+jwt", true, "--Auth:TokenTypes=at+jwt, dpop+jwt")]
    [InlineData("JWT", false, "--Auth:TokenTypes=at+jwt")]
    public async Task Its_kind_must_be_one_that_is_accepted(string kind, bool isAccepted, params string[] settings)
    {
        await using var authority = await TestAuthority.Start();
        await using var service = await RunningService.With(static app => app.MapGet("/x", static () => "x").AllowEveryRole(), [.. authority.Settings, .. settings]);

        Assert.Equal(isAccepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await Ask(service, authority.Tokens.Sign(authority.Tokens.Claims("kim", "customer"), "ES256", ("typ", kind))));
    }

    [Theory]
    [InlineData(86_400, true)]
    [InlineData(90_000, false)]
    [InlineData(90_000, true, "--Auth:MaxTokenLifetimeSeconds=604800")]
    [InlineData(600, false, "--Auth:MaxTokenLifetimeSeconds=300")]
    public async Task It_may_not_be_good_for_too_long(long seconds, bool isAccepted, params string[] settings)
    {
        await using var authority = await TestAuthority.Start();
        await using var service = await RunningService.With(static app => app.MapGet("/x", static () => "x").AllowEveryRole(), [.. authority.Settings, .. settings]);
        var claims = authority.Tokens.Claims("kim", "customer");
        claims["exp"] = (long)claims["iat"] + seconds;

        Assert.Equal(isAccepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await Ask(service, authority.Tokens.Sign(claims)));
        claims.Remove("iat");
        Assert.Equal(isAccepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await Ask(service, authority.Tokens.Sign(claims)));
    }

    [Theory]
    [InlineData("--Auth:TokenTypes=,", "Auth:TokenTypes")]
    [InlineData("--Auth:MaxTokenLifetimeSeconds=1", "Auth:MaxTokenLifetimeSeconds")]
    public async Task What_cannot_be_meant_is_named(string argument, string setting)
    {
        var impossible = await Assert.ThrowsAsync<StartException>(() => RunningService.With(static _ => { }, argument));
        Assert.Contains(setting, impossible.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_ends_with_the_token_that_it_was_asked_for_with()
    {
        await using var authority = await TestAuthority.Start();
        await using var service = await RunningService.With(static app => app.MapGrpcService<Endless>().AllowEveryRole(), [.. authority.Settings, "--Auth:ClockSkewSeconds=0"]);
        using var channel = GrpcChannel.ForAddress(service.App.Urls.Last());
        var client = new OrderStatusService.OrderStatusServiceClient(channel);
        var claims = authority.Tokens.Claims("kim", "customer");
        claims["exp"] = (long)claims["iat"] + 3;
        var authorized = new Metadata { { "authorization", $"Bearer {authority.Tokens.Sign(claims)}" } };

        using var watch = client.WatchOrder(new WatchOrderRequest { OrderId = 1 }, authorized);
        Assert.True(await watch.ResponseStream.MoveNext());
        var ended = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext().WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Equal(StatusCode.Unauthenticated, ended.StatusCode);
    }

    private static async Task<HttpStatusCode> Ask(RunningService service, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/x") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        return (await service.Rest.SendAsync(request)).StatusCode;
    }

    private sealed class Endless : OrderStatusService.OrderStatusServiceBase
    {
        public override async Task WatchOrder(WatchOrderRequest request, IServerStreamWriter<WatchOrderResponse> responseStream, ServerCallContext context)
        {
            await responseStream.WriteAsync(new WatchOrderResponse { OrderId = request.OrderId });
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
    }
}
