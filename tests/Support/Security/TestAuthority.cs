using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Support.Security;

/// <summary>An OpenID Connect provider of one's own, on a free port: discovery, keys, and a token for any client.</summary>
public sealed class TestAuthority : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _keyRequests;

    private TestAuthority(WebApplication app) => _app = app;

    /// <summary>Its address, which is its name.</summary>
    public string Issuer => _app.Urls.Single();

    /// <summary>Makes its tokens; another in its place is a rotation.</summary>
    public TestTokens Tokens { get; set; } = new("");

    /// <summary>What it answers to who asks for its keys; null: the key of its tokens.</summary>
    public object? KeySet { get; set; }

    /// <summary>The token that it gives to services; null: a good one of a service.</summary>
    public Func<string>? OwnToken { get; set; }

    /// <summary>For how long it says that such a token is good.</summary>
    public object? ExpiresIn { get; set; } = 600;

    /// <summary>Whether its discovery document says where tokens are asked for.</summary>
    public bool SaysWhereTokensAre { get; set; } = true;

    /// <summary>How clients may prove themselves, by its discovery document; null: it says nothing.</summary>
    public IReadOnlyList<string>? ClientProofs { get; set; }

    /// <summary>With what a token was last asked for: the header and the form.</summary>
    public string LastAsked { get; private set; } = "";

    /// <summary>How often its keys were asked for.</summary>
    public int KeyRequests => Volatile.Read(ref _keyRequests);

    /// <summary>The settings of a service that trusts it.</summary>
    public string[] Settings => [$"--Auth:Authority={Issuer}", "--Auth:RequireHttps=false", "--Auth:ClientId=order", "--Auth:ClientSecret=a secret of the tests"];

    /// <summary>Starts it; a port of 0 is any.</summary>
    public static async Task<TestAuthority> Start(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var authority = new TestAuthority(app);
        app.MapGet("/.well-known/openid-configuration", () =>
        {
            var document = new Dictionary<string, object>(StringComparer.Ordinal) { ["issuer"] = authority.Issuer, ["jwks_uri"] = authority.Issuer + "/keys" };
            if (authority.SaysWhereTokensAre)
                document["token_endpoint"] = authority.Issuer + "/token";
            if (authority.ClientProofs is { } proofs)
                document["token_endpoint_auth_methods_supported"] = proofs;
            return Results.Json(document);
        });
        app.MapGet("/keys", () =>
        {
            Interlocked.Increment(ref authority._keyRequests);
            return Results.Json(authority.KeySet ?? new { keys = new[] { authority.Tokens.PublicKey } });
        });
        app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            authority.LastAsked = string.Join(' ', form.Select(static field => $"{field.Key}={field.Value}").Prepend($"{request.Headers.Authorization}"));
            return Results.Json(new { access_token = authority.OwnToken?.Invoke() ?? authority.Tokens.For("order", "service"), token_type = "Bearer", expires_in = authority.ExpiresIn });
        });
        await app.StartAsync();
        authority.Tokens = new TestTokens(authority.Issuer);
        return authority;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Tokens.Dispose();
        await _app.DisposeAsync();
    }
}
