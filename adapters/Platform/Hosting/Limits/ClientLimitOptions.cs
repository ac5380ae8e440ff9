using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>How much one client may ask: whoever has a token's subject, else an address.</summary>
/// <param name="Reads">Reads a second.</param>
/// <param name="Writes">Commands a second.</param>
/// <param name="Streams">Open streams.</param>
internal sealed record ClientLimitOptions(Allowance Reads, Allowance Writes, int Streams)
{
    private const int Most = 1_000_000;

    // A household, an office or a load test behind one address is not to notice: a hundred people who pay without a pause make two hundred orders a second.
    private const int UsualReads = 5_000;
    private const int UsualReadsBurst = 10_000;
    private const int UsualWrites = 400;
    private const int UsualWritesBurst = 200;
    private const int UsualStreams = 500;

    /// <exception cref="SettingException">One of the settings is no such number.</exception>
    public static ClientLimitOptions Read(IConfiguration configuration) => new(
        new Allowance(
            Setting.WholeNumber(configuration, "Limits:Client:ReadsPerSecond", UsualReads, 1, Most),
            Setting.WholeNumber(configuration, "Limits:Client:ReadsBurst", UsualReadsBurst, 1, Most)),
        new Allowance(
            Setting.WholeNumber(configuration, "Limits:Client:WritesPerSecond", UsualWrites, 1, Most),
            Setting.WholeNumber(configuration, "Limits:Client:WritesBurst", UsualWritesBurst, 1, Most)),
        Setting.WholeNumber(configuration, "Limits:Client:Streams", UsualStreams, 1, Most));
}

/// <summary>A token bucket.</summary>
/// <param name="PerSecond">How many it gains.</param>
/// <param name="Burst">How many it holds.</param>
internal sealed record Allowance(int PerSecond, int Burst);
