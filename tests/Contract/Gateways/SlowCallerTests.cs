using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FoodDelivery.Tests.Contract.Gateways;

public sealed class SlowCallerTests
{
    [Fact]
    public async Task Whoever_does_not_finish_a_request_is_hung_up_on()
    {
        await using var gateway = await RunningGateway.With("--Limits:HeaderTimeoutSeconds=1");
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Rest.BaseAddress!.Port, bound.Token);
        await socket.SendAsync(Encoding.ASCII.GetBytes("GET /orders HTTP/1.1\r\nHost: x\r\nX: never ending"), bound.Token);

        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer, bound.Token);

        Assert.True(read == 0 || Encoding.ASCII.GetString(buffer, 0, read).Contains(" 408 ", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await gateway.Rest.GetAsync("/healthz/live", bound.Token)).StatusCode);
    }
}
