using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Tests.Contract.Hosting;

public sealed class ProblemTests
{
    [Theory]
    [InlineData(ErrorKind.Invalid, 400)]
    [InlineData(ErrorKind.OutOfRange, 400)]
    [InlineData(ErrorKind.NotFound, 404)]
    [InlineData(ErrorKind.Conflict, 409)]
    [InlineData(ErrorKind.Forbidden, 403)]
    [InlineData(ErrorKind.Declined, 422)]
    [InlineData(ErrorKind.KeyReused, 422)]
    [InlineData(ErrorKind.Unavailable, 503)]
    public async Task Each_kind_of_refusal_has_its_status(ErrorKind kind, int status)
    {
        await using var service = await RunningService.With(app => app.MapGet("/x", () => new Error(kind, "SOME_REASON", "이유").ToProblem()));

        var (response, problem) = await Ask(service, HttpMethod.Get, "/x");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(kind == ErrorKind.Unavailable, response.Headers.RetryAfter is not null);
        Assert.Equal("SOME_REASON", problem.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_refusal_keeps_all_that_the_domain_knows_and_Korean_readable()
    {
        var rejection = new Error(ErrorKind.Conflict, "PRICE_CHANGED", "통닭 is 18000 won today.")
        {
            Field = "price", Expected = "18000", Order = new OrderId(7), RetryAfter = TimeSpan.FromMilliseconds(1200),
        };
        await using var service = await RunningService.With(app => app.MapGet("/주문s", () => rejection.ToProblem()));

        var response = await service.Rest.GetAsync(new Uri("/%EC%A3%BC%EB%AC%B8s", UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        var problem = JsonDocument.Parse(text).RootElement;

        Assert.Contains("통닭", text, StringComparison.Ordinal);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("price", problem.GetProperty("field").GetString());
        Assert.Equal("통닭 is 18000 won today.", problem.GetProperty("errors").GetProperty("price")[0].GetString());
        Assert.Equal("18000", problem.GetProperty("expected").GetString());
        Assert.Equal(7, problem.GetProperty("orderId").GetInt64());
        Assert.Equal("/주문s", problem.GetProperty("instance").GetString());
        Assert.Equal(32, problem.GetProperty("traceId").GetString()!.Length);
        Assert.Equal(2, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    [Fact]
    public async Task What_routing_refuses_is_a_problem_too()
    {
        await using var service = await RunningService.With(app => app.MapGet("/orders", () => "ok"));

        Assert.Equal(404, (await Ask(service, HttpMethod.Get, "/nothing")).Problem.GetProperty("status").GetInt32());
        var (response, problem) = await Ask(service, HttpMethod.Post, "/orders");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("GET", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unexpected_failure_tells_nothing_but_where_to_look()
    {
        await using var service = await RunningService.With(app => app.MapGet("/x", string () => throw new InvalidOperationException("secret")));

        var (response, problem) = await Ask(service, HttpMethod.Get, "/x");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains(problem.GetProperty("traceId").GetString()!, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_loses_against_others_all_the_time_gets_409()
    {
        await using var service = await RunningService.With(app => app.MapGet("/x", string () => throw new ConcurrencyException()));

        Assert.Equal(HttpStatusCode.Conflict, (await Ask(service, HttpMethod.Get, "/x")).Response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", 10, 415)]
    [InlineData("application/json", 70_000, 413)]
    public async Task A_body_that_cannot_be_taken_is_a_problem(string type, int length, int status)
    {
        await using var service = await RunningService.With(app => app.MapPost("/x", async (HttpContext context) =>
            (await RequestBody.Read(context)).ToResult(static _ => Results.Ok())));

        using var content = new StringContent(new string(' ', length), Encoding.UTF8, type);
        var response = await service.Rest.PostAsync(new Uri("/x", UriKind.Relative), content);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_server_does_not_tell_its_name()
    {
        await using var service = await RunningService.With(static _ => { });

        Assert.False((await service.Rest.GetAsync(new Uri("/healthz/live", UriKind.Relative))).Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("GET /orders\0 HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n")]
    public async Task Broken_HTTP_is_answered_with_400_and_nothing_else_breaks(string request)
    {
        await using var service = await RunningService.With(static _ => { });
        using var client = new TcpClient();
        await client.ConnectAsync(service.Rest.BaseAddress!.Host, service.Rest.BaseAddress.Port);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        var answer = await new StreamReader(client.GetStream()).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.True((await service.Rest.GetAsync(new Uri("/healthz/live", UriKind.Relative))).IsSuccessStatusCode);
    }

    private static async Task<(HttpResponseMessage Response, JsonElement Problem)> Ask(RunningService service, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        var response = await service.Rest.SendAsync(request);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (response, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
