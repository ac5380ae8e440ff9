using System.Globalization;
using System.Text.RegularExpressions;
using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.Bench.Real;

/// <summary>Redis' own load generator: one hash, read again and again.</summary>
internal sealed partial class RedisBench
{
    private readonly string[] _arguments;
    private double _expected = 10_000;

    private RedisBench(string[] arguments) => _arguments = arguments;

    /// <param name="address">HOST:PORT.</param>
    /// <param name="order">Whose hash in the view is read.</param>
    public static async Task<RedisBench> Of(string address, long order)
    {
        string[] server = ["-h", address.Split(':')[0], "-p", address.Split(':')[1]];
        var found = await OutsideProgram.RunAsync("redis-cli", [.. server, "--scan", "--pattern", $"*:order:*{order}"]);

        // Numbers stand there with zeros before them, so that they sort as texts.
        var key = found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Single(key => long.Parse(key.AsSpan(key.LastIndexOf(':') + 1), CultureInfo.InvariantCulture) == order);
        return new RedisBench([.. server, "-c", RealOrders.Users.ToString(CultureInfo.InvariantCulture), "--csv", "HGETALL", key]);
    }

    /// <summary>Reads it about as often as takes so long.</summary>
    /// <returns>Reads a second.</returns>
    public async Task<double> Rate(TimeSpan about)
    {
        var reads = Math.Max(RealOrders.Users, (int)(_expected * about.TotalSeconds));
        var run = await OutsideProgram.RunAsync("redis-benchmark", ["-n", reads.ToString(CultureInfo.InvariantCulture), .. _arguments]);
        return run.ExitCode == 0 && PerSecond().Match(run.Output) is { Success: true } match
            ? _expected = double.Parse(match.Groups["rate"].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"redis-benchmark failed: {run.Errors}{run.Output}");
    }

    [GeneratedRegex(@"^""HGETALL[^""]*"",""(?<rate>[\d.]+)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PerSecond();
}
