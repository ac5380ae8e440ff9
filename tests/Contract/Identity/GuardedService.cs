using System.Net.Http.Headers;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Contract.Identity;

/// <summary>A service as production runs it, with one route for whoever has a token.</summary>
internal sealed class GuardedService : IAsyncDisposable
{
    private readonly DataFolder _data;
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private GuardedService(DataFolder data, WebApplication app)
    {
        (_data, _app) = (data, app);
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(20) };
    }

    /// <param name="authority">Whose tokens it accepts.</param>
    /// <param name="clock">By which its keys age; tokens expire by the true time.</param>
    /// <param name="settings">More settings.</param>
    public static async Task<GuardedService> Start(string authority, TimeProvider? clock = null, params string[] settings)
    {
        var data = new DataFolder();
        var builder = ServiceBuilder.Create(
            "Guarded",
            ["--environment=Production", "--data", data.Path, "--Shutdown:DrainDelay=0", "--Shutdown:OnSignal=false", $"--Auth:Authority={authority}", "--Auth:RequireHttps=false", .. settings],
            restPort: 0,
            grpcPort: 0);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapGet("/services", static () => "a service").AllowRoles(Roles.Service);
        app.MapGet("/me", (HttpContext context) => context.User.Identity!.Name).AllowEveryRole();
        await ServiceRunner.Start(app);
        return new GuardedService(data, app);
    }

    public Uri Address => _http.BaseAddress!;

    /// <summary>What the service lacks to be ready.</summary>
    public Task<IReadOnlyList<string>> Lacks() => ServiceRunner.Lacks(_app);

    /// <summary>Has another hear what it logs.</summary>
    public void Log(ILoggerProvider listener) => _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(listener);

    /// <summary>Whom the service takes the caller for, or the status of its refusal.</summary>
    public async Task<string> Ask(string token, string path = "/me")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text.Trim('"') : $"{(int)response.StatusCode}{(response.Headers.RetryAfter is null ? "" : " later")}";
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Dispose();
    }
}
