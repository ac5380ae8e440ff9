using System.Net.Http.Json;
using System.Text.Json;
using System.Web;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Identity;
using FoodDelivery.Tests.Support.Processes;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Tests.Contract.Identity;

/// <summary>The authorization server of Development, by a test's clock.</summary>
internal sealed class RunningIdentity : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private RunningIdentity(WebApplication app, string issuer)
    {
        (_app, Issuer) = (app, issuer);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(issuer), Timeout = TimeSpan.FromSeconds(10) };
    }

    public string Issuer { get; }

    public int Port => _http.BaseAddress!.Port;

    public static async Task<RunningIdentity> Start(string data, TimeProvider clock, int? port = null)
    {
        var number = port ?? FreePort.Next();
        var app = Build(data, clock, number);
        await ServiceRunner.Start(app);
        return new RunningIdentity(app, $"http://localhost:{number}");
    }

    public static WebApplication Build(string data, TimeProvider clock, int port) => IdentityService.Build(
        ["--environment=Development", $"--Identity:RestPort={port}", "--data", data, "--Shutdown:OnSignal=false"], clock);

    /// <summary>Signs somebody in by the page's form: the redirect's query, or null where there is no redirect.</summary>
    public async Task<(int Status, Dictionary<string, string>? Answer)> SignIn(Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await _http.PostAsync(new Uri("/connect/authorize", UriKind.Relative), content);
        if (response.Headers.Location is not { } there)
            return ((int)response.StatusCode, null);
        var query = HttpUtility.ParseQueryString(there.Query);
        return ((int)response.StatusCode, query.AllKeys.ToDictionary(static name => name!, name => query[name]!, StringComparer.Ordinal));
    }

    public async Task<(int Status, JsonElement Answer)> Ask(Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await _http.PostAsync(new Uri("/connect/token", UriKind.Relative), content);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>A token of a demo client's own.</summary>
    public async Task<string> Token(string client = "demo-customer")
    {
        var (status, answer) = await Ask(new() { ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = "demo" });
        Assert.True(status == 200, answer.ToString());
        return answer.GetProperty("access_token").GetString()!;
    }

    /// <summary>The names of the published keys, old to new.</summary>
    public async Task<List<string>> Keys()
    {
        var keys = await _http.GetFromJsonAsync<JsonElement>(new Uri("/.well-known/jwks.json", UriKind.Relative));
        return [.. keys.GetProperty("keys").EnumerateArray().Select(static key => key.GetProperty("kid").GetString()!)];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
