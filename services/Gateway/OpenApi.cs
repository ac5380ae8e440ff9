using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.Json;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Tls;
using FoodDelivery.Services.Gateway.Routes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Services.Gateway;

/// <summary>One OpenAPI document of what the public may ask, made of the services' own; kept for a while, without those that do not answer.</summary>
internal sealed partial class ServiceDescriptions(IConfiguration configuration, TransportSecurity security, TimeProvider clock, ILogger<ServiceDescriptions> log) : IDisposable
{
    private const int LargestDocument = 4 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FreshIfIncomplete = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new(security.ForServices(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }))
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

            var routes = GatewayRoute.ReadAll(configuration).Where(static route => !route.IsRpc).ToLookup(static route => route.Service, StringComparer.OrdinalIgnoreCase);
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
        foreach (var address in ServiceAddresses.Rest(configuration, service))
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

/// <summary>The services' documents put together: of their paths those that are public, and of their schemas all, under names that say whose they are.</summary>
internal sealed class MergedDescription
{
    private const string SchemaPrefix = "#/components/schemas/";

    private readonly JsonObject _paths = [];
    private readonly JsonObject _schemas = [];
    private readonly JsonObject _security = [];

    /// <summary>Adds a service's document, if it has answered with one.</summary>
    public void Add(string service, JsonObject? document, IReadOnlyList<GatewayRoute> routes)
    {
        if (document?["paths"] is not JsonObject paths)
            return;

        foreach (var (path, item) in paths)
        {
            var open = Open(path, item as JsonObject, routes);
            if (open.Count > 0)
            {
                Own(open, service);
                _paths[path] = open;
            }
        }

        if (document["components"]?["schemas"] is JsonObject schemas)
        {
            foreach (var (name, schema) in schemas)
            {
                var own = schema?.DeepClone();
                Own(own, service);
                _schemas[$"{service}.{name}"] = own;
            }
        }

        if (document["components"]?["securitySchemes"] is JsonObject security)
        {
            foreach (var (name, scheme) in security)
                _security[name] = scheme?.DeepClone();
        }
    }

    public byte[] ToUtf8()
    {
        var components = new JsonObject { ["schemas"] = _schemas };
        if (_security.Count > 0)
            components["securitySchemes"] = _security;

        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "FoodDelivery", ["version"] = "1.0.0" },
            ["paths"] = _paths,
            ["components"] = components,
        });
    }

    // What all methods of a path share (parameters, a summary) stays with those that are public.
    private static JsonObject Open(string path, JsonObject? item, IReadOnlyList<GatewayRoute> routes)
    {
        var methods = routes.Where(route => Shape(route.Path) == Shape(path)).SelectMany(static route => route.Methods).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return methods.Count == 0 || item is null
            ? []
            : new JsonObject(item.Where(part => part.Value is not JsonObject || methods.Contains(part.Key)).Select(static part => new KeyValuePair<string, JsonNode?>(part.Key, part.Value?.DeepClone())));
    }

    // A parameter's name is the service's own affair.
    private static string Shape(string path) =>
        string.Join('/', path.TrimEnd('/').Split('/').Select(static segment => segment.StartsWith('{') ? "{}" : Uri.UnescapeDataString(segment)));

    private static void Own(JsonNode? node, string service)
    {
        switch (node)
        {
            case JsonObject thing:
                if (thing["$ref"]?.GetValueKind() == JsonValueKind.String && thing["$ref"]!.GetValue<string>() is var target && target.StartsWith(SchemaPrefix, StringComparison.Ordinal))
                    thing["$ref"] = $"{SchemaPrefix}{service}.{target[SchemaPrefix.Length..]}";

                foreach (var (_, part) in thing)
                    Own(part, service);

                break;
            case JsonArray list:
                foreach (var part in list)
                    Own(part, service);

                break;
            default:
                break;
        }
    }
}
