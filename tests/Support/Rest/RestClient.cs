using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FoodDelivery.Tests.Support.Rest;

/// <summary>Types what testers type: a verb, a path, a body. Every call is bounded.</summary>
public sealed class RestClient : IDisposable
{
    private static readonly JsonSerializerOptions AsTyped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http;

    /// <param name="address">Where paths start.</param>
    public RestClient(Uri address)
    {
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    /// <summary>The token that every call carries; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Where paths start.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>Reads.</summary>
    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    /// <summary>Sends a new thing: an object becomes JSON.</summary>
    public Task<Answer> Post(string path, object body, string? key = null) => Send(HttpMethod.Post, path, Json(body), key);

    /// <summary>Replaces.</summary>
    public Task<Answer> Put(string path, object body) => Send(HttpMethod.Put, path, Json(body));

    /// <summary>Changes.</summary>
    public Task<Answer> Patch(string path, object body) => Send(HttpMethod.Patch, path, Json(body));

    /// <summary>Deletes.</summary>
    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path);

    /// <summary>Sends anything.</summary>
    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? body = null, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var response = await _http.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer($"{method} {path}", (int)response.StatusCode, headers, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A body exactly as written.</summary>
    public static HttpContent Raw(string text, string type = "application/json") =>
        new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static HttpContent Json(object body) => Raw(JsonSerializer.Serialize(body, AsTyped));
}
