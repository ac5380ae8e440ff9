using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

public class UnknownMethods
{
    [Theory]
    [InlineData("/fooddelivery.tests.echo.v1.EchoService/Sing", "Method is unimplemented.")]
    [InlineData("/no.such.Service/Say", "Service is unimplemented.")]
    public async Task A_method_nobody_serves_is_unimplemented(string path, string detail)
    {
        await using var server = await EchoServer.StartAsync();

        var answer = await RawGrpc.PostAsync(server.Http2, path, RawGrpc.Frame([]));

        Assert.Equal((200, "12", detail), (answer.Http, answer.Status, answer.Message));
    }

    [Theory]
    [InlineData("/fooddelivery.tests.echo.v1.EchoService/Sing")]
    [InlineData("/orders/1")]
    public async Task A_request_that_is_no_grpc_is_left_alone(string path)
    {
        await using var server = await EchoServer.StartAsync();
        using var http = new HttpClient();

        Assert.Equal(404, (await RawGrpc.PostAsync(server.Http2, path, [], contentType: "application/json")).Http);
        using var got = await http.GetAsync(new Uri(server.Http1, path));
        Assert.Equal(404, (int)got.StatusCode);
    }

    [Fact]
    public async Task Any_other_route_goes_first()
    {
        await using var server = await EchoServer.StartAsync(routes: application => application.MapPost("/{anything}/{at}", () => Results.Accepted()));

        Assert.Equal(202, (await RawGrpc.PostAsync(server.Http2, "/no.such.Service/Say", [])).Http);
    }

    [Fact]
    public async Task Unknown_services_may_be_left_to_others()
    {
        await using var server = await EchoServer.StartAsync(options => options.IgnoreUnknownServices = true);

        Assert.Equal(404, (await RawGrpc.PostAsync(server.Http2, "/no.such.Service/Say", [])).Http);
        Assert.Equal("12", (await RawGrpc.PostAsync(server.Http2, "/fooddelivery.tests.echo.v1.EchoService/Sing", [])).Status);
    }

    [Fact]
    public async Task An_answer_that_is_no_grpc_becomes_an_outcome()
    {
        await using var server = await EchoServer.StartAsync(
            pipeline: application => application.Use((http, next) => http.Request.Headers.TryGetValue("answer", out var code)
                ? Answer(http, int.Parse(code!))
                : next(http)));

        foreach (var (http, code) in ((string, StatusCode)[])[
            ("401", StatusCode.Unauthenticated), ("403", StatusCode.PermissionDenied), ("404", StatusCode.Unimplemented),
            ("429", StatusCode.Unavailable), ("503", StatusCode.Unavailable), ("500", StatusCode.Unknown), ("200", StatusCode.Cancelled)])
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
                await server.Client.SayAsync(new Echo.SayRequest(), new Metadata { { "answer", http } }));
            Assert.Equal(code, refusal.StatusCode);
        }

        static Task Answer(HttpContext http, int code)
        {
            http.Response.StatusCode = code;
            return http.Response.WriteAsync("plain");
        }
    }
}
