using FoodDelivery.Tests.Grpc.Echo;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

public class Limits
{
    static SayRequest OfSize(int bytes) => new() { Payload = ByteString.CopyFrom(new byte[bytes]) };

    static async Task<RpcException> RefusalOf(EchoService.EchoServiceClient client, SayRequest request) =>
        await Assert.ThrowsAsync<RpcException>(async () => await client.SayAsync(request));

    [Fact]
    public async Task A_request_beyond_four_mebibytes_exhausts_the_server()
    {
        await using var server = await EchoServer.StartAsync();

        var refusal = await RefusalOf(server.Client, OfSize(4 * 1024 * 1024));

        Assert.Equal((StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size."), (refusal.StatusCode, refusal.Status.Detail));
        Assert.Null(server.Observed.Context);
    }

    [Fact]
    public async Task A_limit_may_be_lifted_on_either_side()
    {
        await using var server = await EchoServer.StartAsync(options => options.MaxReceiveMessageSize = null);
        var client = server.ClientWith(options => options.MaxReceiveMessageSize = null);

        Assert.Equal(6_000_000, (await client.SayAsync(OfSize(6_000_000))).Payload.Length);
    }

    [Fact]
    public async Task A_service_may_have_limits_of_its_own()
    {
        await using var server = await EchoServer.StartAsync(
            services: services => services.AddGrpc().AddServiceOptions<EchoHandler>(options => options.MaxReceiveMessageSize = 100));

        Assert.Equal(StatusCode.ResourceExhausted, (await RefusalOf(server.Client, OfSize(200))).StatusCode);
        Assert.Equal(50, (await server.Client.SayAsync(OfSize(50))).Payload.Length);
    }

    [Fact]
    public async Task A_response_beyond_the_servers_limit_is_not_sent()
    {
        await using var server = await EchoServer.StartAsync(options => options.MaxSendMessageSize = 100);

        var refusal = await RefusalOf(server.Client, OfSize(200));

        Assert.Equal((StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size."), (refusal.StatusCode, refusal.Status.Detail));
    }

    [Fact]
    public async Task A_request_beyond_the_clients_limit_is_not_sent()
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Equal(StatusCode.ResourceExhausted, (await RefusalOf(server.ClientWith(options => options.MaxSendMessageSize = 100), OfSize(200))).StatusCode);
        Assert.Null(server.Observed.Context);
    }

    [Fact]
    public async Task A_response_beyond_the_clients_limit_is_not_taken()
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Equal(StatusCode.ResourceExhausted, (await RefusalOf(server.ClientWith(options => options.MaxReceiveMessageSize = 100), OfSize(200))).StatusCode);
    }

    [Fact]
    public async Task A_client_stream_may_be_as_long_as_it_likes()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Collect();
        for (var i = 0; i < 40; i++)
        {
            await call.RequestStream.WriteAsync(OfSize(1_000_000));
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(40, (await call).Number);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Messages_may_be_compressed_either_way(string encoding)
    {
        await using var server = await EchoServer.StartAsync(options => options.ResponseCompressionAlgorithm = encoding);
        var request = OfSize(100_000);

        var compressed = await server.Client.SayAsync(request, new Metadata { { "grpc-internal-encoding-request", encoding } });
        var raw = await RawGrpc.PostAsync(
            server.Http2, RawGrpc.Say, RawGrpc.Frame(request), message => message.Headers.Add("grpc-accept-encoding", $"identity, {encoding}"));
        var plain = await RawGrpc.PostAsync(server.Http2, RawGrpc.Say, RawGrpc.Frame(request));

        Assert.Equal(request.Payload, compressed.Payload);
        Assert.Equal((encoding, 1), (raw.Headers["grpc-encoding"], raw.Body[0]));
        Assert.InRange(raw.Body.Length, 1, 5_000);
        Assert.False(plain.Headers.ContainsKey("grpc-encoding"));
        Assert.Equal(0, plain.Body[0]);
    }
}
