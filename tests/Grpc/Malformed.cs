using System.IO.Compression;
using FoodDelivery.Tests.Grpc.Echo;
using Google.Protobuf;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

public class Malformed
{
    [Fact]
    public async Task Bytes_that_are_no_message_are_the_handlers_failure()
    {
        await using var server = await EchoServer.StartAsync();

        var answer = await RawGrpc.PostAsync(server.Http2, RawGrpc.Say, RawGrpc.Frame([0xff, 0xff, 0xff]));

        Assert.Equal(("2", "Exception was thrown by handler."), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 })]
    public async Task A_message_that_stops_short_is_incomplete(byte[] body)
    {
        await using var server = await EchoServer.StartAsync();

        var answer = await RawGrpc.PostAsync(server.Http2, RawGrpc.Say, body);

        Assert.Equal(("13", "Incomplete message."), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task A_second_message_where_one_belongs_is_refused()
    {
        await using var server = await EchoServer.StartAsync();

        var answer = await RawGrpc.PostAsync(server.Http2, RawGrpc.Say, [.. RawGrpc.Frame(new SayRequest()), .. RawGrpc.Frame(new SayRequest())]);

        Assert.Equal("13", answer.Status);
    }

    [Fact]
    public async Task An_unknown_flag_is_refused()
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Equal("13", (await RawGrpc.PostAsync(server.Http2, RawGrpc.Say, RawGrpc.Frame(new SayRequest(), flag: 7))).Status);
    }

    [Fact]
    public async Task A_length_beyond_the_limit_is_refused_before_the_message_comes()
    {
        await using var server = await EchoServer.StartAsync();

        var answer = await RawGrpc.PostAsync(server.Http2, RawGrpc.Say, [0, 0xff, 0xff, 0xff, 0xff]);

        Assert.Equal("8", answer.Status);
    }

    [Fact]
    public async Task A_compressed_message_needs_an_encoding()
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Equal("13", (await RawGrpc.PostAsync(server.Http2, RawGrpc.Say, RawGrpc.Frame(Gzip(new SayRequest()), flag: 1))).Status);
    }

    [Fact]
    public async Task An_unknown_encoding_is_answered_with_the_known_ones()
    {
        await using var server = await EchoServer.StartAsync();

        var answer = await RawGrpc.PostAsync(
            server.Http2, RawGrpc.Say, RawGrpc.Frame([1, 2, 3], flag: 1), request => request.Headers.Add("grpc-encoding", "brotli"));

        Assert.Equal(("12", "identity,gzip,deflate"), (answer.Status, answer.Headers["grpc-accept-encoding"]));
    }

    [Fact]
    public async Task A_small_message_that_unfolds_beyond_the_limit_is_refused()
    {
        await using var server = await EchoServer.StartAsync();
        var bomb = Gzip(new SayRequest { Payload = ByteString.CopyFrom(new byte[50_000_000]) });

        var answer = await RawGrpc.PostAsync(
            server.Http2, RawGrpc.Say, RawGrpc.Frame(bomb, flag: 1), request => request.Headers.Add("grpc-encoding", "gzip"));

        Assert.InRange(bomb.Length, 1, 1_000_000);
        Assert.Equal("8", answer.Status);
    }

    [Fact]
    public async Task Bytes_that_do_not_unfold_are_refused()
    {
        await using var server = await EchoServer.StartAsync();

        var answer = await RawGrpc.PostAsync(
            server.Http2, RawGrpc.Say, RawGrpc.Frame([1, 2, 3, 4], flag: 1), request => request.Headers.Add("grpc-encoding", "gzip"));

        Assert.Equal("13", answer.Status);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpcx")]
    [InlineData("text/plain")]
    public async Task A_request_that_is_no_grpc_is_an_unsupported_media_type(string contentType)
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Equal(415, (await RawGrpc.PostAsync(server.Http2, RawGrpc.Say, [], contentType: contentType)).Http);
    }

    [Theory]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc;charset=utf-8")]
    public async Task A_content_type_may_name_its_format(string contentType)
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Equal("0", (await RawGrpc.PostAsync(server.Http2, RawGrpc.Say, RawGrpc.Frame(new SayRequest()), contentType: contentType)).Status);
    }

    [Fact]
    public async Task Grpc_over_http1_is_told_to_upgrade()
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Equal(426, (await RawGrpc.PostAsync(server.Http1, RawGrpc.Say, RawGrpc.Frame(new SayRequest()), version: 1)).Http);
    }

    static byte[] Gzip(IMessage message)
    {
        using var target = new MemoryStream();
        using (var packing = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            message.WriteTo(packing);
        }

        return target.ToArray();
    }
}
