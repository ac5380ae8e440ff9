using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Contract.Hosting;

/// <summary>A body that turns out to be too large is refused, and what is left of it is the server's to read away.</summary>
public sealed class LargeBodyTests
{
    [Theory]
    [InlineData(70 * 1024)]
    [InlineData(1024 * 1024)]
    public async Task A_body_without_a_length_that_is_too_large_leaves_the_server_nothing_to_complain_of(int length)
    {
        using var heard = new Heard();
        await using var service = await RunningService.With(
            builder => builder.Logging.AddProvider(heard),
            static app => app.MapPost("/x", static async (HttpContext context) => (await RequestBody.Read(context)).ToResult(static _ => Results.Ok())));

        for (var time = 0; time < 5; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/x") { Content = new ByteArrayContent(new byte[length]) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.TransferEncodingChunked = true;
            using var response = await service.Rest.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }

        // What the server says about a request it says before it takes the connection's next.
        Assert.Equal(HttpStatusCode.OK, (await service.Rest.GetAsync("/healthz/live")).StatusCode);
        Assert.Empty(heard.Complaints);
    }

    private sealed class Heard : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Complaints { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Complaints.Enqueue($"{formatter(state, exception)} {exception?.Message}");
        }

        public void Dispose()
        {
        }
    }
}
