using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Contract.Identity;
using FoodDelivery.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Tests.Contract.Gateways;

/// <summary>A client gets what the settings allow it, neither less nor somebody else's.</summary>
public sealed class ClientShareTests
{
    [Theory]
    [InlineData(19, 20, 18)]
    [InlineData(50, 1, 50)]
    [InlineData(1, 1, 1)]
    [InlineData(7, 3, 7)]
    public void Who_asks_no_more_often_than_is_allowed_is_never_refused(int perSecond, int burst, int asked)
    {
        var clock = new SetClock(DateTimeOffset.UnixEpoch.AddYears(56));
        using var bucket = new TokenBucket(new Allowance(perSecond, burst), clock);

        for (var time = 0; time < asked * 30; time++)
        {
            using var lease = bucket.AttemptAcquire();
            Assert.True(lease.IsAcquired, $"The request {time} of {asked} a second was refused.");
            clock.Now += TimeSpan.FromSeconds(1.0 / asked);
        }
    }

    [Fact]
    public void Who_asks_more_often_is_told_when_the_next_is_allowed_and_who_has_gone_is_forgotten()
    {
        var clock = new SetClock(DateTimeOffset.UnixEpoch.AddYears(56));
        using var bucket = new TokenBucket(new Allowance(2, 3), clock);

        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(bucket.AttemptAcquire().IsAcquired));
        using var refused = bucket.AttemptAcquire();
        Assert.False(refused.IsAcquired);
        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out var after));
        Assert.Equal(0.5, after.TotalSeconds, 3);
        Assert.Null(bucket.IdleDuration);

        clock.Now += after;
        Assert.True(bucket.AttemptAcquire().IsAcquired);
        clock.Now += TimeSpan.FromSeconds(11.5);
        Assert.Equal(10, bucket.IdleDuration!.Value.TotalSeconds, 3);
    }

    [Fact]
    public async Task An_address_has_so_many_connections_and_no_more()
    {
        await using var gateway = await RunningGateway.With("--Limits:Client:Connections=3");
        var address = gateway.Rest.BaseAddress!;
        List<TcpClient> open = [];
        try
        {
            for (var number = 0; number < 3; number++)
            {
                open.Add(await Connected(address));
                Assert.Equal("HTTP/1.1 200 OK", await Answer(open[^1]));
            }

            Assert.Null(await Asked(address));

            open[0].Dispose();
            await Eventually.Holds(async () => Assert.Equal("HTTP/1.1 200 OK", await Asked(address)));
        }
        finally
        {
            open.ForEach(static connection => connection.Dispose());
        }
    }

    [Fact]
    public async Task A_trusted_proxys_connections_are_everybodys()
    {
        await using var gateway = await RunningGateway.With("--Limits:Client:Connections=1", "--Gateway:TrustedProxies=127.0.0.0/8");
        using var one = await Connected(gateway.Rest.BaseAddress!);
        Assert.Equal("HTTP/1.1 200 OK", await Answer(one));
        using var other = await Connected(gateway.Rest.BaseAddress!);
        Assert.Equal("HTTP/1.1 200 OK", await Answer(other));
    }

    // What a new connection is answered; null where it is refused, which may be before it has been made.
    private static async Task<string?> Asked(Uri address)
    {
        try
        {
            using var connection = await Connected(address);
            return await Answer(connection);
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.ConnectionReset)
        {
            return null;
        }
    }

    private static async Task<TcpClient> Connected(Uri address)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, address.Port);
        return connection;
    }

    private static async Task<string?> Answer(TcpClient connection)
    {
        try
        {
            await connection.GetStream().WriteAsync("GET /healthz/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            return await new StreamReader(connection.GetStream()).ReadLineAsync();
        }
        catch (IOException)
        {
            return null;
        }
    }

    [Fact]
    public async Task Clients_behind_several_trusted_proxies_have_a_share_each()
    {
        await using var behind = await RunningService.With(static app =>
            app.MapGet("/orders", static (HttpContext context) => context.Request.Headers["X-Forwarded-For"].ToString()).AllowWithoutToken());
        await using var gateway = await RunningGateway.To(
            "Order",
            [behind],
            "--Gateway:TrustedProxies=127.0.0.0/8, ::1, 10.0.0.0/8",
            "--Limits:Client:ReadsPerSecond=1",
            "--Limits:Client:ReadsBurst=1");

        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(async client =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/orders") { Headers = { { "X-Forwarded-For", $"6.6.6.6, 203.0.113.{client}, 10.0.0.1" } } };
            return await gateway.Stranger.SendAsync(request);
        }));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(
            Enumerable.Range(1, 6).Select(static client => $"203.0.113.{client}"),
            await Task.WhenAll(answers.Select(static answer => answer.Content.ReadAsStringAsync())));
    }
}
