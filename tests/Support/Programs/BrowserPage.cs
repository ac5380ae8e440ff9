using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FoodDelivery.Tests.Support.Programs;

/// <summary>A page in a headless browser, on an origin of its own, that calls servers and tells what it saw.</summary>
public static class BrowserPage
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>Shows <c>page.mjs</c>, which finds its task at <c>/task</c>.</summary>
    /// <returns>What it posted to <c>/seen</c>.</returns>
    /// <exception cref="TimeoutException">It has not told anything within a minute.</exception>
    public static async Task<JsonNode> ShowAsync(object task)
    {
        var script = await BundleAsync();
        var seen = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var origin = await StartOriginAsync(task, script, seen);
        var profile = Directory.CreateTempSubdirectory("browser-");
        using var browser = OutsideProgram.Start(
            "chromium", ["--headless=new", "--no-sandbox", "--disable-gpu", $"--user-data-dir={profile.FullName}", origin.Urls.First()]);
        try
        {
            browser.OutputDataReceived += static (_, _) => { };
            browser.ErrorDataReceived += static (_, _) => { };
            browser.BeginOutputReadLine();
            browser.BeginErrorReadLine();
            return await seen.Task.WaitAsync(_patience);
        }
        finally
        {
            await EndAsync(browser);
            profile.Delete(recursive: true);
        }
    }

    static async Task<string> BundleAsync()
    {
        var run = await OutsideProgram.RunAsync(
            Path.Combine(NodeModules.Folder, "node_modules", ".bin", "esbuild"), ["page.mjs", "--bundle", "--format=esm"], NodeModules.Folder);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Output;
    }

    static async Task<WebApplication> StartOriginAsync(object task, string script, TaskCompletionSource<JsonNode> seen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var origin = builder.Build();
        origin.Urls.Add("http://127.0.0.1:0");
        origin.MapGet("/", () => Results.Content("<!doctype html><script type=\"module\" src=\"/page.js\"></script>", "text/html"));
        origin.MapGet("/page.js", () => Results.Content(script, "text/javascript"));
        origin.MapGet("/task", () => Results.Json(task));
        origin.MapPost("/seen", (JsonNode told) => seen.TrySetResult(told));
        await origin.StartAsync();
        return origin;
    }

    static async Task EndAsync(Process browser)
    {
        browser.Kill(entireProcessTree: true);
        await browser.WaitForExitAsync().WaitAsync(_patience);
    }
}
