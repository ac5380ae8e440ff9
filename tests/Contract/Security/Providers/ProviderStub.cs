using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Contract.Security.Providers;

/// <summary>All providers of the document, behind one port: the discovery document and the keys of each, and its tokens. None says where tokens are asked for.</summary>
public sealed class ProviderStub : IAsyncDisposable
{
    private const int KeyBits = 2048;

    private readonly WebApplication _app;
    private readonly List<string> _names = [.. ProviderDocument.Rows.Keys];
    private readonly Dictionary<string, RSA> _keys = ProviderDocument.Rows.Keys.ToDictionary(static name => name, static _ => RSA.Create(KeyBits), StringComparer.Ordinal);

    private ProviderStub(WebApplication app) => _app = app;

    /// <summary>The document's settings, each provider's at its place; only where the discovery document is, is another.</summary>
    public IEnumerable<string> Settings => _names.SelectMany((name, number) => ProviderDocument.Rows[name]
        .Where(static setting => setting.Key is not "MetadataAddress")
        .Append(new("MetadataAddress", $"{_app.Urls.Single()}/{number}/discovery"))
        .Append(new("SubjectPrefix", Prefix(name)))
        .Select(setting => $"--Auth:Authorities:{number}:{setting.Key}={setting.Value}"));

    public static async Task<ProviderStub> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new ProviderStub(app);
        app.MapGet("/{number:int}/discovery", (int number) => Results.Json(new { issuer = stub.Issuer(number), jwks_uri = $"{app.Urls.Single()}/{number}/keys" }));
        app.MapGet("/{number:int}/keys", (int number) => Results.Json(new { keys = new[] { stub.Key(number) } }));
        await app.StartAsync();
        return stub;
    }

    /// <summary>What stands before the provider's subjects.</summary>
    public string Prefix(string provider) => $"p{_names.IndexOf(provider)}-";

    /// <summary>A token in the provider's shape; null where it gives none for that role.</summary>
    public string? Token(string provider, string role, string subject, int seconds = 600) => Token(provider, role, subject, static _ => { }, seconds);

    /// <summary>The same, with something changed.</summary>
    public string? Token(string provider, string role, string subject, Action<JsonObject> change, int seconds = 600)
    {
        var shape = ProviderShape.All[provider];
        if (shape.Claims(role) is not { } claims)
            return null;
        var payload = JsonSerializer.SerializeToNode(claims)!.AsObject();
        change(payload);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        payload["iss"] = Issuer(_names.IndexOf(provider)).Replace("{tenantid}", payload["tid"]?.GetValue<string>(), StringComparison.Ordinal);
        payload["sub"] ??= subject;
        payload["iat"] = now + Math.Min(seconds, 0) - 10;
        payload["exp"] = now + seconds;
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId(provider) };
        if (shape.Header is { } type)
            header["typ"] = type;
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(_keys[provider].SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        foreach (var key in _keys.Values)
            key.Dispose();
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private string KeyId(string provider) => $"key-{_names.IndexOf(provider)}";

    private string Issuer(int number) => ProviderDocument.Rows[_names[number]]["Authority"];

    private object Key(int number)
    {
        var key = _keys[_names[number]].ExportParameters(includePrivateParameters: false);
        var (n, e) = (Base64Url.EncodeToString(key.Modulus), Base64Url.EncodeToString(key.Exponent));

        // Entra says of each key whose it is.
        return Issuer(number).Contains("microsoftonline", StringComparison.Ordinal)
            ? new { kty = "RSA", use = "sig", kid = KeyId(_names[number]), n, e, issuer = "https://login.microsoftonline.com/{tenantid}/v2.0" }
            : new { kty = "RSA", use = "sig", alg = "RS256", kid = KeyId(_names[number]), n, e };
    }
}
