using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Hosting;

/// <summary>A protocol that the platform has never heard of brings its own form of a refusal, and every refusal comes in it.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("/unauthorized", "401 TOKEN_INVALID")]
    [InlineData("/forbidden", "403 ROLE_NOT_ALLOWED")]
    [InlineData("/nothing", "404 NOT_FOUND")]
    [InlineData("/full", "503 OVERLOADED")]
    [InlineData("/often", "429 TOO_MANY_REQUESTS after 7 s")]
    [InlineData("/declined", "422 SOLD_OUT")]
    [InlineData("/raced", "409 CHANGED_MEANWHILE")]
    [InlineData("/broken", "500 INTERNAL")]
    public async Task Every_refusal_comes_in_the_envelope_of_the_protocol_that_was_spoken(string path, string envelope)
    {
        var (entered, leaves) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var service = await RunningService.With(
            static builder => builder.Services.AddSingleton<IRefusalWriter, PlantedWriter>(), app => Map(app, entered, leaves), "--Limits:Concurrency=1", "--Limits:Queue=0");
        var first = path == "/full" ? service.Rest.SendAsync(Request("/full")) : Task.FromResult(new HttpResponseMessage());
        if (path == "/full")
            await entered.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var response = await service.Rest.SendAsync(Request(path));

        Assert.Equal((HttpStatusCode.OK, PlantedWriter.Type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith(envelope, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(path is "/unauthorized" or "/forbidden", response.Headers.WwwAuthenticate.Count > 0);
        leaves.SetResult();
        await first;
    }

    [Fact]
    public async Task An_endpoint_says_what_its_refusals_are_written_in_whatever_content_comes()
    {
        await using var service = await RunningService.With(static app => app.MapGet("/x", static () => new Error(ErrorKind.NotFound, "GONE", "Gone.").ToProblem()).WithMetadata(new PlantedWriter()));

        var response = await service.Rest.GetAsync("/x");

        Assert.StartsWith("404 GONE", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_are_counted_by_their_reason_whatever_the_protocol()
    {
        await using var service = await RunningService.With(
            static builder => builder.Services.AddSingleton<IRefusalWriter, PlantedWriter>(), static app => Map(app, new(), new()));

        await service.Rest.SendAsync(Request("/declined"));
        await service.Rest.GetAsync("/declined");
        using var call = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc-web") } };
        await service.Rest.PostAsync("/called", call);

        var page = await service.Rest.GetStringAsync("/metrics");
        Assert.Contains("\nfooddelivery_refusals_total{reason=\"SOLD_OUT\"} 3\n", page, StringComparison.Ordinal);
    }

    private static void Map(WebApplication app, TaskCompletionSource entered, TaskCompletionSource leaves)
    {
        var soldOut = new Error(ErrorKind.Declined, "SOLD_OUT", "There is none left.");
        app.MapGet("/unauthorized", static () => "never");
        app.MapGet("/forbidden", static () => "never").RequireAuthorization(static policy => policy.RequireAssertion(static _ => false));
        app.MapGet("/often", static context => context.Refuse(Error.Exhausted("TOO_MANY_REQUESTS", "Too often.", TimeSpan.FromSeconds(7))));
        app.MapGet("/declined", () => soldOut.ToProblem());
        app.MapPost("/called", () => soldOut.ToProblem());
        app.MapGet("/raced", string () => throw new ConcurrencyException());
        app.MapGet("/broken", string () => throw new InvalidOperationException("secret"));
        app.MapGet("/full", async () =>
        {
            entered.TrySetResult();
            await leaves.Task;
        });
    }

    private static HttpRequestMessage Request(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Content = new StringContent("?", Encoding.UTF8, PlantedWriter.Type) };
        if (path == "/unauthorized")
            request.Headers.TryAddWithoutValidation("Authorization", "Basic eDp5");

        return request;
    }

    private sealed class PlantedWriter : IRefusalWriter
    {
        public const string Type = "application/x-planted";

        public bool Speaks(HttpRequest request) => request.ContentType?.StartsWith(Type, StringComparison.Ordinal) == true;

        public Task Write(HttpContext context, Refusal refusal)
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
            context.Response.ContentType = Type;
            return context.Response.WriteAsync($"{refusal.Status} {refusal.Reason}{(refusal.RetryAfter is { } wait ? $" after {wait.TotalSeconds} s" : "")}: {refusal.Detail}");
        }
    }
}
