using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using FoodDelivery.Tests.Grpc.Echo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

public class Web
{
    internal static void Admit(WebApplication application)
    {
        application.UseRouting();
        application.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_answer_carries_its_trailers_in_a_last_frame(int version)
    {
        await using var server = await EchoServer.StartAsync(pipeline: Admit);

        var answer = await RawGrpc.PostAsync(
            version == 1 ? server.Http1 : server.Http2, RawGrpc.Say, RawGrpc.Frame(new SayRequest { Text = "headers" }),
            contentType: "application/grpc-web+proto", version: version);

        var (message, trailers) = Split(answer.Body);
        Assert.Equal("application/grpc-web+proto", answer.ContentType);
        Assert.Equal("headers", message.Text);
        Assert.Equal("late:yes\r\nlate-bin:CQg=\r\ngrpc-status:0\r\n", trailers);
        Assert.Equal("yes", answer.Headers["early"]);
        Assert.Empty(answer.Trailers);
    }

    [Fact]
    public async Task Text_is_base64_either_way()
    {
        await using var server = await EchoServer.StartAsync(pipeline: Admit);
        var frame = RawGrpc.Frame(new SayRequest { Text = "text" });
        var pieces = Convert.ToBase64String(frame[..4]) + Convert.ToBase64String(frame[4..]);

        var answer = await RawGrpc.PostAsync(
            server.Http1, RawGrpc.Say, Encoding.ASCII.GetBytes(pieces), contentType: "application/grpc-web-text", version: 1);

        var (message, trailers) = Split(Convert.FromBase64String(Encoding.ASCII.GetString(answer.Body)));
        Assert.Equal("application/grpc-web-text", answer.ContentType);
        Assert.Equal("text", message.Text);
        Assert.Equal("grpc-status:0\r\n", trailers);
    }

    [Fact]
    public async Task A_large_text_arrives_whole()
    {
        await using var server = await EchoServer.StartAsync(pipeline: Admit);
        var payload = new byte[1_000_001];
        Random.Shared.NextBytes(payload);
        var frame = RawGrpc.Frame(new SayRequest { Payload = Google.Protobuf.ByteString.CopyFrom(payload) });

        var answer = await RawGrpc.PostAsync(
            server.Http1, RawGrpc.Say, Encoding.ASCII.GetBytes(Convert.ToBase64String(frame)), contentType: "application/grpc-web-text", version: 1);

        Assert.True(Split(Convert.FromBase64String(Encoding.ASCII.GetString(answer.Body))).Message.Payload.Span.SequenceEqual(payload));
    }

    [Fact]
    public async Task A_body_that_is_no_base64_is_refused()
    {
        await using var server = await EchoServer.StartAsync(pipeline: Admit);

        var answer = await RawGrpc.PostAsync(server.Http1, RawGrpc.Say, "????"u8.ToArray(), contentType: "application/grpc-web-text", version: 1);

        Assert.Equal("2", answer.Status);
    }

    [Theory]
    [InlineData("application/grpc-web-text", "????")]
    [InlineData("application/grpc-web-text", "AAAAAAP///8=")]
    [InlineData("application/grpc-web", "\u0007\0\0\0\0")]
    public async Task A_connection_outlives_a_body_that_cannot_be_read(string contentType, string body)
    {
        await using var server = await EchoServer.StartAsync(pipeline: Admit);
        var connections = 0;
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                connections++;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        for (var time = 0; time < 3; time++)
        {
            using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            using var answer = await http.PostAsync(new Uri(server.Http1, RawGrpc.Say), content);
            Assert.NotEqual("0", answer.Headers.GetValues("grpc-status").Single());
            await answer.Content.ReadAsByteArrayAsync();
        }

        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task A_refusal_without_a_message_comes_as_headers_alone()
    {
        await using var server = await EchoServer.StartAsync(pipeline: Admit);

        var answer = await RawGrpc.PostAsync(
            server.Http1, RawGrpc.Say, RawGrpc.Frame(new SayRequest { Text = "refuse" }), contentType: "application/grpc-web", version: 1);

        Assert.True(answer.IsTrailersOnly);
        Assert.Equal(("9", "closed"), (answer.Status, answer.Headers["reason"]));
    }

    [Fact]
    public async Task Nobody_is_admitted_who_is_not_asked_in()
    {
        await using var closed = await EchoServer.StartAsync(pipeline: application => application.UseGrpcWeb());
        await using var without = await EchoServer.StartAsync();

        foreach (var server in (EchoServer[])[closed, without])
        {
            var answer = await RawGrpc.PostAsync(
                server.Http1, RawGrpc.Say, RawGrpc.Frame(new SayRequest()), contentType: "application/grpc-web", version: 1);
            Assert.Equal(415, answer.Http);
        }
    }

    [Fact]
    public async Task An_endpoint_may_ask_in()
    {
        await using var server = await EchoServer.StartAsync(
            pipeline: application => application.UseRouting().UseGrpcWeb(),
            services: services => services.AddGrpcReflection(),
            routes: application => application.MapGrpcReflectionService().EnableGrpcWeb());

        var answer = await RawGrpc.PostAsync(
            server.Http1, "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", [], contentType: "application/grpc-web", version: 1);

        Assert.Equal((200, "0"), (answer.Http, answer.Status));
    }

    [Fact]
    public async Task A_method_nobody_serves_is_unimplemented()
    {
        await using var server = await EchoServer.StartAsync(pipeline: Admit);

        var answer = await RawGrpc.PostAsync(server.Http1, "/no.such.Service/Method", [], contentType: "application/grpc-web", version: 1);

        Assert.Equal((200, "12"), (answer.Http, answer.Status));
    }

    static (SayResponse Message, string Trailers) Split(byte[] body)
    {
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1));
        var rest = body.AsSpan(5 + length);
        Assert.Equal(0x80, rest[0]);
        Assert.Equal(rest.Length - 5, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(rest[1..]));
        return (SayResponse.Parser.ParseFrom(body.AsSpan(5, length)), Encoding.ASCII.GetString(rest[5..]));
    }
}
