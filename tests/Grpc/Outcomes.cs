using FoodDelivery.Tests.Grpc.Echo;
using Grpc.Core;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

public class Outcomes
{
    static async Task<RpcException> RefusalOf(EchoServer server, string text) =>
        await Assert.ThrowsAsync<RpcException>(async () => await server.Client.SayAsync(new SayRequest { Text = text }));

    [Fact]
    public async Task A_refusal_arrives_with_its_code_text_and_trailers()
    {
        await using var server = await EchoServer.StartAsync();

        var refusal = await RefusalOf(server, "refuse");

        Assert.Equal((StatusCode.FailedPrecondition, "이미 닫힘 100%\n🍕"), (refusal.StatusCode, refusal.Status.Detail));
        Assert.Equal("closed", refusal.Trailers.GetValue("reason"));
        Assert.Equal([1, 2, 250], refusal.Trailers.GetValueBytes("detail-bin")!);
    }

    [Fact]
    public async Task A_refusal_without_a_message_comes_as_headers_alone()
    {
        await using var server = await EchoServer.StartAsync();

        var answer = await RawGrpc.PostAsync(server.Http2, RawGrpc.Say, RawGrpc.Frame(new SayRequest { Text = "refuse" }));

        Assert.True(answer.IsTrailersOnly);
        Assert.Equal((200, "9", "application/grpc"), (answer.Http, answer.Status, answer.ContentType));
        Assert.Equal("%EC%9D%B4%EB%AF%B8 %EB%8B%AB%ED%9E%98 100%25%0A%F0%9F%8D%95", answer.Message);
    }

    [Fact]
    public async Task An_exception_of_a_handler_tells_the_caller_nothing()
    {
        await using var server = await EchoServer.StartAsync();

        var refusal = await RefusalOf(server, "crash");

        Assert.Equal((StatusCode.Unknown, "Exception was thrown by handler."), (refusal.StatusCode, refusal.Status.Detail));
    }

    [Fact]
    public async Task An_exception_is_told_in_detail_where_that_is_wished()
    {
        await using var server = await EchoServer.StartAsync(options => options.EnableDetailedErrors = true);

        Assert.Equal("Exception was thrown by handler. InvalidTimeZoneException: the secret", (await RefusalOf(server, "crash")).Status.Detail);
    }

    [Fact]
    public async Task A_cancellation_of_the_handlers_own_is_an_exception_like_any_other()
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Equal(StatusCode.Unknown, (await RefusalOf(server, "cancelled")).StatusCode);
    }

    [Fact]
    public async Task A_handler_that_returns_nothing_cancels()
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Equal((StatusCode.Cancelled, "No message returned from method."), Pair(await RefusalOf(server, "null")));
    }

    [Fact]
    public async Task A_status_may_be_set_instead_of_thrown()
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Equal((StatusCode.NotFound, "set, not thrown"), Pair(await RefusalOf(server, "status")));
    }

    [Fact]
    public async Task A_stream_may_end_in_a_refusal()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.SayOften(new SayRequest { Text = "refuse", Times = 3 });
        var received = 0;

        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext())
            {
                received++;
            }
        });

        Assert.Equal(3, received);
        Assert.Equal((StatusCode.ResourceExhausted, "enough"), Pair(refusal));
        Assert.Equal("tired", call.GetTrailers().GetValue("reason"));
    }

    [Fact]
    public async Task A_client_stream_may_be_refused_while_it_is_sent()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Collect();
        await call.RequestStream.WriteAsync(new SayRequest { Text = "refuse" });

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);

        var late = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new SayRequest()));
        Assert.Equal(StatusCode.InvalidArgument, late.StatusCode);
    }

    [Fact]
    public async Task An_outcome_cannot_be_asked_for_before_the_end()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Converse();

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
    }

    [Fact]
    public async Task A_unary_answer_is_one_message_with_its_trailers_behind_it()
    {
        await using var server = await EchoServer.StartAsync();

        var answer = await RawGrpc.PostAsync(server.Http2, RawGrpc.Say, RawGrpc.Frame(new SayRequest { Text = "x" }));

        Assert.Equal("0", answer.Trailers["grpc-status"]);
        Assert.False(answer.Headers.ContainsKey("grpc-status"));
        Assert.Equal("x", SayResponse.Parser.ParseFrom(answer.Body.AsSpan(5)).Text);
    }

    static (StatusCode Code, string Detail) Pair(RpcException refusal) => (refusal.StatusCode, refusal.Status.Detail);
}
