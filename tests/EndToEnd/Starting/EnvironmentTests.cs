using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.EndToEnd.Starting;

/// <summary>What the environment is for other programs does not break this one.</summary>
[Collection(RunningLocal.Name)]
public sealed class EnvironmentTests(RunningLocal local)
{
    /// <summary>The authority's keys, the services behind the gateway and the payment are reached straight.</summary>
    [Fact]
    public async Task A_proxy_that_nobody_answers_at_is_in_no_orders_way()
    {
        using var client = new HttpClient { BaseAddress = local.Fleet.Addresses["Gateway"].Rest };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await local.Fleet.Token("demo-customer"));
        using var body = new StringContent("""{"item": "chicken"}""", Encoding.UTF8, "application/json");

        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/orders", body)).StatusCode);
    }

    /// <summary>A user has 128 of them; whoever needs one cannot start where others have them all.</summary>
    [NeedsPrograms("/proc/self/stat")]
    public void No_watch_on_files_is_needed() => Assert.DoesNotContain(
        Directory.EnumerateFileSystemEntries($"/proc/{local.Fleet["Local"].Id}/fd").Select(static descriptor => new FileInfo(descriptor).LinkTarget),
        static target => target?.Contains("inotify", StringComparison.Ordinal) == true);

    /// <summary>In Development, the default, it must not be reachable from elsewhere: that it says so tells which environment it takes itself to be in.</summary>
    [NeedsPrograms("env")]
    public async Task The_name_of_an_environment_is_read_with_its_prefix_alone()
    {
        using var data = new DataFolder();
        Assert.Contains("in Development", await Says("ENVIRONMENT=staging"), StringComparison.Ordinal);
        Assert.DoesNotContain("in Development", await Says("DOTNET_ENVIRONMENT=staging"), StringComparison.Ordinal);

        async Task<string> Says(string environment) => (await OutsideProgram.RunAsync(
            "env",
            [
                "-u", "DOTNET_ENVIRONMENT", "-u", "ASPNETCORE_ENVIRONMENT", environment,
                "dotnet", Path.Combine(AppContext.BaseDirectory, "FoodDelivery.Services.Local.dll"), $"--data={data.Path}", "--Bind=0.0.0.0", "--Limits:Queue=none",
            ])).Errors;
    }
}
