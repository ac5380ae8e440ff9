using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>How much a server does at once.</summary>
/// <param name="Concurrency">Requests being worked on; streams that are only open do not count.</param>
/// <param name="Queue">Requests that may wait for their turn.</param>
/// <param name="LongestWait">How long they may; whoever waited in vain is told to come again.</param>
internal sealed record ServerLimitOptions(int Concurrency, int Queue, TimeSpan LongestWait)
{
    private const int UsualConcurrency = 512;
    private const int UsualQueue = 512;
    private const double UsualWait = 0.25;
    private const int Most = 100_000;

    /// <exception cref="SettingException">One of the settings is no such number.</exception>
    public static ServerLimitOptions Read(IConfiguration configuration) => new(
        Setting.WholeNumber(configuration, "Limits:Concurrency", UsualConcurrency, 1, Most),
        Setting.WholeNumber(configuration, "Limits:Queue", UsualQueue, 0, Most),
        Setting.Seconds(configuration, "Limits:LongestWaitSeconds", UsualWait));
}
