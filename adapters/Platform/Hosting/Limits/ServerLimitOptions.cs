using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>How much a server does at once.</summary>
/// <param name="Concurrency">Requests being worked on; streams that are only open do not count.</param>
/// <param name="Queue">Requests that may wait for their turn.</param>
/// <param name="LongestWait">How long they may; whoever waited in vain is told to come again.</param>
/// <param name="Adaptive">How many may be in flight, waiting or worked on, before anybody is refused, and by what that is found out.</param>
internal sealed record ServerLimitOptions(int Concurrency, int Queue, TimeSpan LongestWait, AdaptiveBoundOptions Adaptive)
{
    private const int UsualConcurrency = 512;
    private const int UsualQueue = 512;
    private const double UsualWait = 0.25;
    private const int Most = 100_000;

    // A hundred people who pay without a pause are always served.
    private const int UsualLeast = 128;
    private const int UsualTarget = 10;
    private const int LongestTarget = 10_000;

    /// <exception cref="SettingException">One of the settings is no such number.</exception>
    public static ServerLimitOptions Read(IConfiguration configuration)
    {
        var concurrency = Setting.WholeNumber(configuration, "Limits:Concurrency", UsualConcurrency, 1, Most);
        var queue = Setting.WholeNumber(configuration, "Limits:Queue", UsualQueue, 0, Most);
        var least = Setting.WholeNumber(configuration, "Limits:Least", Math.Min(UsualLeast, concurrency + queue), 1, concurrency + queue);
        var target = Setting.WholeNumber(configuration, "Limits:QueueingMilliseconds", UsualTarget, 1, LongestTarget);
        return new ServerLimitOptions(
            concurrency,
            queue,
            Setting.Seconds(configuration, "Limits:LongestWaitSeconds", UsualWait),
            new AdaptiveBoundOptions(least, concurrency + queue, TimeSpan.FromMilliseconds(target)));
    }
}
