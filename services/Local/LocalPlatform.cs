using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Services.Gateway;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Services.Local;

/// <summary>The whole product in one process: every service on ports of its own, and in Development one port for all of them.</summary>
internal static class LocalPlatform
{
    /// <summary>Runs it until it is told to stop: 0; or 1 and one sentence if it cannot start.</summary>
    public static async Task<int> Run(string[] args)
    {
        using var stop = new StopSignal();
        try
        {
            return await Run(LocalSettings.Read(args), stop);
        }
        catch (StartException impossible)
        {
            await Console.Error.WriteLineAsync(impossible.Message);
            return 1;
        }
    }

    private static async Task<int> Run(LocalSettings settings, StopSignal stop)
    {
        // In the order in which they stop: who calls others goes before those whom it calls.
        List<Func<string[], WebApplication>> parts = [.. settings.Services.OrderBy(static service => service.StopOrder).Select(static service => service.Build)];
        if (settings.IsDevelopment)
            parts.Insert(0, DevelopmentProxy.Build);

        await using var fleet = new Fleet();
        await fleet.Start(parts, settings.Arguments);
        if (await fleet.Ready(stop.Token))
            Banner.Write(settings);

        var failed = await fleet.AnyEnds(stop.Token);
        await fleet.Stop();
        return failed ? 1 : 0;
    }
}
