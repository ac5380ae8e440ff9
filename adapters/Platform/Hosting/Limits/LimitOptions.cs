using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>Registers the limits.</summary>
internal static class LimitRegistration
{
    /// <exception cref="SettingException">A setting is no such number.</exception>
    public static IServiceCollection AddServerLimit(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(ServerLimitOptions.Read(configuration))
            .AddSingleton(ConnectionOptions.Read(configuration))
            .AddSingleton(StreamLimitOptions.Read(configuration))
            .AddSingleton<LimitMetrics>()
            .AddSingleton<StreamLimit>()
            .AddSingleton<OpenHandles>()
            .AddSingleton<IConnectionListenerFactory, BoundedSockets>();

    /// <exception cref="SettingException">A setting is no such number.</exception>
    public static IServiceCollection AddClientLimit(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(ClientLimitOptions.Read(configuration)).AddRateLimiter(static _ => { });
}

/// <summary>How much a server does at once.</summary>
/// <param name="Concurrency">Requests being worked on; streams that are only open do not count.</param>
/// <param name="Queue">Requests that may wait for their turn.</param>
/// <param name="LongestWait">How long they may; whoever waited in vain is told to come again.</param>
/// <param name="Adaptive">How many may be in flight, waiting or worked on, before anybody is refused, and by what that is found out.</param>
internal sealed record ServerLimitOptions(int Concurrency, int Queue, TimeSpan LongestWait, AdaptiveConcurrencyOptions Adaptive)
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
            new AdaptiveConcurrencyOptions(least, concurrency + queue, TimeSpan.FromMilliseconds(target)));
    }
}

/// <summary>How many connections a server takes.</summary>
/// <param name="Most">At each of its ports.</param>
internal sealed record ConnectionOptions(int Most)
{
    private const int UsualOfPort = 10_000;
    private const int Highest = 1_000_000;

    /// <exception cref="SettingException">The setting is no such number.</exception>
    public static ConnectionOptions Read(IConfiguration configuration) => new(Setting.WholeNumber(configuration, "Limits:Connections", UsualOfPort, 10, Highest));
}

/// <summary>How many streams a server holds, and how fast it opens them.</summary>
/// <param name="Streams">Streams that are open.</param>
/// <param name="WebStreams">
/// Of those, streams over HTTP/1.1, each of which has a connection of the port to itself: fewer than it takes, so that there is always one for a probe.
/// </param>
/// <param name="OpeningsPerSecond">Streams that are opened in a second.</param>
/// <param name="LongestWait">How long one may wait to be opened before its caller is told to come again.</param>
/// <param name="Target">Work that waits longer than this queues, and openings let it go first.</param>
internal sealed record StreamLimitOptions(int Streams, int WebStreams, int OpeningsPerSecond, TimeSpan LongestWait, TimeSpan Target)
{
    private const int UsualOpen = 12_000;
    private const int UsualOpenings = 200;
    private const int Most = 1_000_000;
    private const double UsualOpeningWait = 30;

    /// <exception cref="SettingException">One of the settings is no such number.</exception>
    public static StreamLimitOptions Read(IConfiguration configuration)
    {
        var streams = Setting.WholeNumber(configuration, "Limits:Streams", UsualOpen, 1, Most);
        return new StreamLimitOptions(
            streams,
            Math.Min(streams, ConnectionOptions.Read(configuration).Most / 5 * 4),
            Setting.WholeNumber(configuration, "Limits:StreamOpeningsPerSecond", UsualOpenings, 1, Most),
            Setting.Seconds(configuration, "Limits:LongestOpeningSeconds", UsualOpeningWait),
            ServerLimitOptions.Read(configuration).Adaptive.Target);
    }
}

/// <summary>How much one client may ask: whoever has a token's subject, else an address.</summary>
/// <param name="Reads">Reads a second.</param>
/// <param name="Writes">Commands a second.</param>
/// <param name="Streams">Open streams.</param>
/// <param name="Connections">Open connections, by address alone: before it is known whose they are.</param>
internal sealed record ClientLimitOptions(Allowance Reads, Allowance Writes, int Streams, int Connections)
{
    private const int Most = 1_000_000;

    // A household, an office or a load test behind one address is not to notice: a hundred people who pay without a pause make two hundred orders a second.
    private const int UsualReads = 5_000;
    private const int UsualReadsBurst = 10_000;
    private const int UsualWrites = 400;
    private const int UsualWritesBurst = 200;
    private const int UsualStreams = 500;
    private const int UsualConnections = 2_000;

    /// <exception cref="SettingException">One of the settings is no such number.</exception>
    public static ClientLimitOptions Read(IConfiguration configuration) => new(
        new Allowance(
            Setting.WholeNumber(configuration, "Limits:Client:ReadsPerSecond", UsualReads, 1, Most),
            Setting.WholeNumber(configuration, "Limits:Client:ReadsBurst", UsualReadsBurst, 1, Most)),
        new Allowance(
            Setting.WholeNumber(configuration, "Limits:Client:WritesPerSecond", UsualWrites, 1, Most),
            Setting.WholeNumber(configuration, "Limits:Client:WritesBurst", UsualWritesBurst, 1, Most)),
        Setting.WholeNumber(configuration, "Limits:Client:Streams", UsualStreams, 1, Most),
        Setting.WholeNumber(configuration, "Limits:Client:Connections", UsualConnections, 1, Most));
}

/// <summary>A token bucket.</summary>
/// <param name="PerSecond">How many it gains.</param>
/// <param name="Burst">How many it holds.</param>
internal sealed record Allowance(int PerSecond, int Burst);
