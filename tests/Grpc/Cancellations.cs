using FoodDelivery.Tests.Grpc.Echo;
using Grpc.Core;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

public class Cancellations
{
    [Fact]
    public async Task A_cancelled_call_ends_on_both_sides()
    {
        await using var server = await EchoServer.StartAsync();
        using var source = new CancellationTokenSource();
        var call = server.Client.SayAsync(new SayRequest { DelayMs = 60_000 }, cancellationToken: source.Token);
        await Eventually(() => server.Observed.Context is not null);

        await source.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
        await server.Observed.Cancelled;
    }

    [Fact]
    public async Task A_disposed_call_ends_on_both_sides()
    {
        await using var server = await EchoServer.StartAsync();
        var call = server.Client.SayOften(new SayRequest { Times = 1_000, DelayMs = 20 });
        Assert.True(await call.ResponseStream.MoveNext());

        call.Dispose();

        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
        await server.Observed.Cancelled;
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext())).StatusCode);
    }

    [Fact]
    public async Task A_closed_channel_ends_its_calls()
    {
        await using var server = await EchoServer.StartAsync();
        var call = server.Client.SayAsync(new SayRequest { DelayMs = 60_000 });
        await Eventually(() => server.Observed.Context is not null);

        server.Channel.Dispose();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
        Assert.Throws<ObjectDisposedException>(() => server.Client.SayAsync(new SayRequest()));
    }

    [Fact]
    public async Task A_cancelled_call_throws_as_the_platform_does_where_that_is_wished()
    {
        await using var server = await EchoServer.StartAsync();
        var client = server.ClientWith(options => options.ThrowOperationCanceledOnCancellation = true);
        using var source = new CancellationTokenSource();
        var call = client.SayAsync(new SayRequest { DelayMs = 60_000 }, cancellationToken: source.Token);
        await Eventually(() => server.Observed.Context is not null);

        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call);
        Assert.Equal(source.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_slow_reader_slows_the_handler()
    {
        await using var server = await EchoServer.StartAsync();
        var payload = Google.Protobuf.ByteString.CopyFrom(new byte[100_000]);
        using var call = server.Client.SayOften(new SayRequest { Times = 2_000, Payload = payload });
        Assert.True(await call.ResponseStream.MoveNext());

        var before = -1;
        await Eventually(() => before == (before = server.Observed.Written), pause: 300);

        Assert.InRange(server.Observed.Written, 1, 1_000);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress("http://127.0.0.1:1");

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest()));

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
    }

    [Fact]
    public async Task A_stream_to_a_server_that_is_not_there_is_unavailable()
    {
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress("http://127.0.0.1:1");
        using var call = new EchoService.EchoServiceClient(channel).Converse();

        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new SayRequest()));

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
    }

    static async Task Eventually(Func<bool> holds, int pause = 10)
    {
        for (var waited = 0; waited < 20_000; waited += pause)
        {
            if (holds())
            {
                return;
            }

            await Task.Delay(pause);
        }

        Assert.Fail("It did not come about within 20 s.");
    }
}
