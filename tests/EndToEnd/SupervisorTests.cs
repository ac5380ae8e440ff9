using System.Net;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>When the supervisor of <c>deploy/local</c> takes a service for dead: after so many missed probes in a row, whatever its age.</summary>
public sealed class SupervisorTests
{
    private const int Failures = 5;
    private const string Grace = "SECONDS + 90";

    [NeedsPrograms("bash", "curl")]
    public Task A_young_service_that_misses_fewer_probes_than_are_too_many_lives_on() => Supervised(Grace);

    [NeedsPrograms("bash", "curl")]
    public Task A_service_older_than_a_start_may_take_lives_on_as_well() => Supervised("SECONDS - 1");

    // The clock of the shell cannot be set on, so that it is the time that a start may take which is over from the beginning.
    private static async Task Supervised(string grace)
    {
        using var folder = new DataFolder();
        await using var probed = await Probed.Start();
        var local = Copy(folder.Path, grace);
        var data = Path.Combine(folder.Path, "data");
        foreach (var part in new[] { "run/known", "log" })
            Directory.CreateDirectory(Path.Combine(data, part));
        await File.WriteAllTextAsync(Path.Combine(data, "run", "order-1.ports"), $"{probed.Port}\n");
        await File.WriteAllTextAsync(Path.Combine(data, "run", "overrides"), $"Supervisor:ProbeSeconds=0.1\nSupervisor:ProbeTimeoutSeconds=5\nSupervisor:ProbeFailures={Failures}\nSupervisor:GivesWay=no\n");

        using var supervisor = OutsideProgram.Start("bash", [Path.Combine(local, "lib", "supervisor"), data, "order", "1"]);
        try
        {
            await Eventually.Holds(() =>
            {
                Assert.True(probed.Answered > 2);
                return Task.CompletedTask;
            });
            var first = await Child(data);

            for (var time = 0; time < 3; time++)
            {
                await probed.Miss(Failures - 1);
                await probed.Answer(2);
            }

            Assert.Equal(first, await Child(data));

            probed.MissAll();
            await Eventually.Holds(async () => Assert.NotEqual(first, await Child(data)));
        }
        finally
        {
            Signals.AskToEnd(supervisor);
            await supervisor.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private static Task<string> Child(string data) => File.ReadAllTextAsync(Path.Combine(data, "run", "order-1.pid"));

    // The scripts as they are, with a service that only sleeps.
    private static string Copy(string folder, string grace)
    {
        var local = Path.Combine(folder, "deploy", "local");
        Directory.CreateDirectory(Path.Combine(local, "lib"));
        Directory.CreateDirectory(Path.Combine(local, "programs"));
        foreach (var file in Directory.EnumerateFiles(Checkout.Local("lib")))
            File.Copy(file, Path.Combine(local, "lib", Path.GetFileName(file)));

        var supervisor = Path.Combine(local, "lib", "supervisor");
        var script = File.ReadAllText(supervisor);
        Assert.Contains(Grace, script, StringComparison.Ordinal);
        File.WriteAllText(supervisor, script.Replace(Grace, grace, StringComparison.Ordinal));
        var service = Path.Combine(local, "programs", "service");
        File.WriteAllText(service, "#!/bin/sh\nexec sleep 600\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(service, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return local;
    }

    /// <summary>Answers a service's probes as the test says.</summary>
    private sealed class Probed : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private int _answered;
        private int _missed;
        private int _toMiss;

        private Probed(WebApplication app) => _app = app;

        public int Port => new Uri(_app.Urls.Single()).Port;

        public int Answered => Volatile.Read(ref _answered);

        public static async Task<Probed> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var probed = new Probed(app);
            app.MapGet("/healthz/live", probed.Probe);
            await app.StartAsync();
            return probed;
        }

        public async Task Miss(int probes)
        {
            var before = Volatile.Read(ref _missed);
            Volatile.Write(ref _toMiss, probes);
            await Eventually.Holds(() =>
            {
                Assert.Equal(before + probes, Volatile.Read(ref _missed));
                return Task.CompletedTask;
            });
        }

        public Task Answer(int probes)
        {
            var before = Answered;
            return Eventually.Holds(() =>
            {
                Assert.True(Answered >= before + probes);
                return Task.CompletedTask;
            });
        }

        public void MissAll() => Volatile.Write(ref _toMiss, int.MaxValue);

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private IResult Probe()
        {
            var isMissed = Volatile.Read(ref _toMiss) > 0;
            if (!isMissed)
            {
                Interlocked.Increment(ref _answered);
                return Results.Ok();
            }

            Interlocked.Decrement(ref _toMiss);
            Interlocked.Increment(ref _missed);
            return Results.StatusCode((int)HttpStatusCode.ServiceUnavailable);
        }
    }
}
