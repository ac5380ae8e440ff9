using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Gateway;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Services.Local;

/// <summary>The whole product in one process: every service on ports of its own, and in Development one port for all of them.</summary>
internal static class LocalPlatform
{
    /// <summary>Runs it until it is told to stop: 0; or 1 and one sentence if it cannot start.</summary>
    public static Task<int> Run(string[] args) => ServiceRunner.ExitCode(async () =>
    {
        using var stop = new StopSignal();
        return await Run(ServiceRunner.Try("Local", () => LocalSettings.Read(args)), stop);
    });

    private static async Task<int> Run(LocalSettings settings, StopSignal stop)
    {
        // In the order in which they stop: who calls others goes before those whom it calls.
        List<(string Name, Func<string[], WebApplication> Build)> parts =
            [.. settings.Services.OrderBy(static service => service.StopOrder).Select(static service => (service.Name, service.Build))];
        if (settings.IsDevelopment)
            parts.Insert(0, ("Local", DevelopmentProxy.Build));

        await using var fleet = new Fleet();
        await fleet.Start(parts, settings.Arguments);
        if (await fleet.Ready(stop.Token))
            Banner.Write(settings);

        var failed = await fleet.AnyEnds(stop.Token);
        await fleet.Stop();
        return failed ? 1 : 0;
    }
}
