using FoodDelivery.Tests.Grpc.Echo;
using Grpc.Core;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

public class Calls
{
    [Fact]
    public async Task A_unary_call_answers()
    {
        await using var server = await EchoServer.StartAsync();

        var response = await server.Client.SayAsync(new SayRequest { Text = "안녕 🍜" });

        Assert.Equal("안녕 🍜", response.Text);
    }

    [Fact]
    public async Task A_blocking_call_answers()
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Equal("now", server.Client.Say(new SayRequest { Text = "now" }).Text);
    }

    [Fact]
    public async Task A_message_larger_than_every_buffer_arrives_whole()
    {
        await using var server = await EchoServer.StartAsync();
        var payload = new byte[3_000_000];
        Random.Shared.NextBytes(payload);

        var response = await server.Client.SayAsync(new SayRequest { Payload = Google.Protobuf.ByteString.CopyFrom(payload) });

        Assert.True(response.Payload.Span.SequenceEqual(payload));
    }

    [Fact]
    public async Task An_empty_message_is_a_message()
    {
        await using var server = await EchoServer.StartAsync();

        Assert.Equal(1, (await server.Client.SayAsync(new SayRequest())).Number);
    }

    [Fact]
    public async Task A_server_stream_arrives_in_order()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.SayOften(new SayRequest { Times = 500 });

        var numbers = new List<int>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            numbers.Add(response.Number);
        }

        Assert.Equal(Enumerable.Range(1, 500), numbers);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_client_stream_is_collected()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Collect();
        foreach (var text in (string[])["a", "b", "c"])
        {
            await call.RequestStream.WriteAsync(new SayRequest { Text = text });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal("a b c", (await call).Text);
    }

    [Fact]
    public async Task A_conversation_goes_back_and_forth_on_one_stream()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Converse();
        for (var turn = 1; turn <= 20; turn++)
        {
            await call.RequestStream.WriteAsync(new SayRequest { Text = $"{turn}" });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal((turn, $"{turn}"), (call.ResponseStream.Current.Number, call.ResponseStream.Current.Text));
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Many_calls_share_a_channel()
    {
        await using var server = await EchoServer.StartAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => server.Client.SayAsync(new SayRequest { Text = $"{i}" }).ResponseAsync));

        Assert.Equal(Enumerable.Range(0, 500), responses.Select(response => int.Parse(response.Text)));
    }
}
