using FoodDelivery.Platform.Hosting.Forwarding;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using FoodDelivery.Services.Gateway.Routes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Services.Gateway.Describing;

/// <summary>One OpenAPI document of what the public may ask, made of the services' own; kept for a while, without those that do not answer.</summary>
internal sealed partial class ServiceDescriptions(IConfiguration configuration, TimeProvider clock, ILogger<ServiceDescriptions> log) : IDisposable
{
    private const int LargestDocument = 4 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FreshIfIncomplete = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = Patience, MaxResponseContentBufferSize = LargestDocument,
    };

    private readonly SemaphoreSlim _turn = new(1);
    private (byte[] Document, long Until)? _kept;

    /// <summary>The document, as UTF-8. The services are asked with the caller's own token, and the answer is the same for everybody who has one.</summary>
    public async Task<byte[]> Document(AuthenticationHeaderValue? token, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_kept is { } kept && clock.GetTimestamp() < kept.Until)
                return kept.Document;

            var routes = GatewayRoutes.Read(configuration).Where(static route => !route.IsRpc).ToLookup(static route => route.Service, StringComparer.OrdinalIgnoreCase);
            var documents = await Task.WhenAll(routes.Select(async service => (service, document: await Ask(service.Key, token, cancellation))));
            var merged = new MergedDescription();
            foreach (var (service, document) in documents)
                merged.Add(service.Key, document, [.. service]);

            var fresh = Array.TrueForAll(documents, static one => one.document is not null) ? Fresh : FreshIfIncomplete;
            var bytes = merged.ToUtf8();
            _kept = (bytes, clock.GetTimestamp() + (long)(fresh.TotalSeconds * clock.TimestampFrequency));
            return bytes;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _turn.Dispose();
    }

    private async Task<JsonObject?> Ask(string service, AuthenticationHeaderValue? token, CancellationToken cancellation)
    {
        foreach (var address in ServicePlaces.Rest(configuration, service))
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/openapi/v1.json"));
                request.Headers.Authorization = token;
                using var answer = await _http.SendAsync(request, cancellation);
                return JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellation)) as JsonObject;
            }
            catch (Exception missing) when (missing is HttpRequestException or SocketException or JsonException || (missing is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                Missing(service, missing.Message);
            }
        }

        return null;
    }

    [LoggerMessage(LogLevel.Debug, "The description of {Service} is left out: {Why}")]
    private partial void Missing(string service, string why);
}
