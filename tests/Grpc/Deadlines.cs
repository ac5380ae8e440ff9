using System.Diagnostics;
using FoodDelivery.Tests.Grpc.Echo;
using Grpc.Core;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

public class Deadlines
{
    static DateTime In(int milliseconds) => TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(milliseconds);

    static byte[] Hanging => RawGrpc.Frame(new SayRequest { Text = "hang" });

    [Fact]
    public async Task A_late_call_ends_at_its_deadline_for_the_caller()
    {
        await using var server = await EchoServer.StartAsync();
        var watch = Stopwatch.StartNew();

        var late = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.SayAsync(new SayRequest { Text = "hang" }, deadline: In(200)));

        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        Assert.InRange(watch.ElapsedMilliseconds, 150, 5_000);
    }

    [Fact]
    public async Task The_server_answers_at_the_deadline_though_its_handler_hangs()
    {
        await using var server = await EchoServer.StartAsync();

        var answer = await RawGrpc.PostAsync(server.Http2, RawGrpc.Say, Hanging, request => request.Headers.Add("grpc-timeout", "200m"));

        Assert.Equal("4", answer.Status);
        Assert.True(answer.IsTrailersOnly);
        await server.Observed.Cancelled;
    }

    [Fact]
    public async Task The_server_answers_at_the_deadline_over_grpc_web_too()
    {
        await using var server = await EchoServer.StartAsync(pipeline: Web.Admit);

        var answer = await RawGrpc.PostAsync(
            server.Http1, RawGrpc.Say, Hanging, request => request.Headers.Add("grpc-timeout", "200m"), "application/grpc-web", version: 1);

        Assert.Equal("4", answer.Status);
    }

    [Fact]
    public async Task A_handler_sees_the_deadline_and_is_cancelled_by_it()
    {
        await using var server = await EchoServer.StartAsync();

        var late = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.SayAsync(new SayRequest { DelayMs = 60_000 }, deadline: In(300)));

        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        await server.Observed.Cancelled;
        Assert.InRange(server.Observed.Context!.Deadline, In(-5_000), In(300));
    }

    [Fact]
    public async Task A_stream_ends_at_its_deadline()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.SayOften(new SayRequest { Times = 1_000, DelayMs = 50 }, deadline: In(400));

        var late = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext())
            {
            }
        });

        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        Assert.Equal(StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
        await server.Observed.Cancelled;
    }

    [Fact]
    public async Task A_conversation_in_which_nobody_speaks_ends_at_its_deadline()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Converse(deadline: In(200));

        var late = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new SayRequest()));
    }

    [Fact]
    public async Task A_deadline_in_the_past_sends_nothing()
    {
        await using var server = await EchoServer.StartAsync();

        var late = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.SayAsync(new SayRequest(), deadline: In(-1)));

        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        Assert.Null(server.Observed.Context);
    }

    [Fact]
    public async Task A_deadline_that_is_no_utc_time_is_refused()
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Throws<InvalidOperationException>(() => server.Client.SayAsync(new SayRequest(), deadline: new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Local)));
    }

    [Fact]
    public async Task A_call_in_time_is_not_disturbed_by_its_deadline()
    {
        await using var server = await EchoServer.StartAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ =>
            server.Client.SayAsync(new SayRequest { Text = "in time" }, deadline: In(30_000)).ResponseAsync));

        Assert.All(responses, response => Assert.Equal("in time", response.Text));
    }

    [Theory]
    [InlineData("0S", "4")]
    [InlineData("1H", "0")]
    [InlineData("99999999H", "0")]
    [InlineData("123456789m", "0")]
    [InlineData("-5m", "0")]
    [InlineData("soon", "0")]
    public async Task A_timeout_counts_only_if_it_is_well_formed(string timeout, string status)
    {
        await using var server = await EchoServer.StartAsync();

        var answer = await RawGrpc.PostAsync(
            server.Http2, RawGrpc.Say, RawGrpc.Frame(new SayRequest()), request => request.Headers.TryAddWithoutValidation("grpc-timeout", timeout));

        Assert.Equal(status, answer.Status);
    }
}
