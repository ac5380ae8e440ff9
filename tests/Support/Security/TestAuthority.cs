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
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = authority.Issuer, jwks_uri = authority.Issuer + "/keys", token_endpoint = authority.Issuer + "/token",
        }));
        app.MapGet("/keys", () =>
        {
            Interlocked.Increment(ref authority._keyRequests);
            return Results.Json(new { keys = new[] { authority.Tokens.PublicKey } });
        });
        app.MapPost("/token", () => Results.Json(new { access_token = authority.Tokens.For("order", "service"), token_type = "Bearer", expires_in = 600 }));
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
