using System.Diagnostics;
using FoodDelivery.Tests.Grpc.Echo;
using Grpc.Core;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

public class MetadataOfCalls
{
    [Fact]
    public async Task Text_and_bytes_go_with_a_request()
    {
        await using var server = await EchoServer.StartAsync();
        var headers = new Metadata { { "Trace-Name", "first" }, { "trace-name", "second" }, { "blob-bin", [0, 1, 254, 255, 7] } };

        await server.Client.SayAsync(new SayRequest(), headers);

        var seen = server.Observed.RequestHeaders!;
        Assert.Equal("first, second", string.Join(", ", seen.GetAll("trace-name").Select(entry => entry.Value)));
        Assert.Equal([0, 1, 254, 255, 7], seen.GetValueBytes("blob-bin")!);
    }

    [Fact]
    public async Task Text_and_bytes_come_with_headers_and_trailers()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.SayAsync(new SayRequest { Text = "headers" });

        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("yes", headers.GetValue("early"));
        Assert.Equal([0, 255], headers.GetValueBytes("early-bin")!);
        Assert.Equal("yes", call.GetTrailers().GetValue("late"));
        Assert.Equal([9, 8], call.GetTrailers().GetValueBytes("late-bin")!);
        Assert.Null(call.GetTrailers().Get("grpc-status"));
    }

    [Fact]
    public async Task The_context_knows_method_host_peer_and_the_http_request()
    {
        await using var server = await EchoServer.StartAsync();

        await server.Client.SayAsync(new SayRequest());

        var seen = server.Observed;
        Assert.Equal(RawGrpc.Say, seen.Context!.Method);
        Assert.Equal(DateTime.MaxValue, seen.Context.Deadline);
        Assert.False(seen.Context.AuthContext.IsPeerAuthenticated);
        Assert.Equal((server.Http2.Authority, "POST"), (seen.Host, seen.HttpMethod));
        Assert.StartsWith("ipv4:127.0.0.1:", seen.Peer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("näme", "x")]
    [InlineData("with space", "x")]
    [InlineData("bytes-bin", "text")]
    public void A_key_that_cannot_be_sent_is_refused(string key, string value) =>
        Assert.Throws<ArgumentException>(() => new Metadata { { key, value } });

    [Fact]
    public async Task The_trace_of_the_caller_goes_on_in_the_handler()
    {
        await using var server = await EchoServer.StartAsync();
        using var activity = new Activity("the caller").Start();

        await server.Client.SayAsync(new SayRequest());

        Assert.Contains(activity.TraceId.ToHexString(), server.Observed.RequestHeaders!.GetValue("traceparent"), StringComparison.Ordinal);
    }
}
