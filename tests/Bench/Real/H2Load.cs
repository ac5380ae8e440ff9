using System.Globalization;
using System.Text.RegularExpressions;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Programs;
using Google.Protobuf;

namespace FoodDelivery.Tests.Bench.Real;

/// <summary>A client that costs next to nothing: the same unary gRPC call again and again by nghttp2's load generator, in a closed loop.</summary>
internal sealed partial class H2Load : IDisposable
{
    private const int Connections = 8;
    private readonly DataFolder _folder = new();
    private readonly string[] _arguments;
    private readonly int _users;
    private double _expected = 250;

    /// <param name="method">The method's URL.</param>
    /// <param name="message">What is asked.</param>
    /// <param name="users">How many calls are under way at any time.</param>
    public H2Load(Uri method, IMessage message, int users)
    {
        _users = users;
        var body = Path.Combine(_folder.Path, "body");
        File.WriteAllBytes(body, Frames.Of(message));
        _arguments =
        [
            "-c", Math.Min(users, Connections).ToString(CultureInfo.InvariantCulture),
            "-m", Math.Max(1, users / Connections).ToString(CultureInfo.InvariantCulture),
            "-H", "te: trailers", "-H", "content-type: application/grpc", "-d", body, method.ToString(),
        ];
    }

    /// <param name="page">What is asked for by a plain GET over HTTP/1.1.</param>
    /// <param name="users">How many ask at any time.</param>
    public H2Load(Uri page, int users) =>
        (_users, _arguments) = (users, ["--h1", "-c", users.ToString(CultureInfo.InvariantCulture), page.ToString()]);

    /// <summary>Makes as many calls as take about so long; the first time too few, since how fast they are is not known yet.</summary>
    public Task<H2LoadResult> Run(TimeSpan about) => Run((int)(_expected * about.TotalSeconds));

    /// <summary>Makes so many calls, but one for each user at the least.</summary>
    /// <returns>How fast they were answered; what they were answered is for the caller to find out.</returns>
    public async Task<H2LoadResult> Run(int calls)
    {
        calls = Math.Max(calls, _users);
        var run = await OutsideProgram.RunAsync("h2load", ["-n", calls.ToString(CultureInfo.InvariantCulture), .. _arguments], within: TimeSpan.FromMinutes(5));
        var (rate, answered, data) = (Rate().Match(run.Output), Answered().Match(run.Output), Data().Match(run.Output));
        if (run.ExitCode != 0 || !rate.Success || !data.Success || !answered.Success || Number(answered) != calls)
            throw new InvalidOperationException($"h2load failed: {run.Errors}{run.Output}");

        _expected = Number(rate);
        return new H2LoadResult(calls, _expected, (long)Number(data));
    }

    public void Dispose() => _folder.Dispose();

    private static double Number(Match match) => double.Parse(match.Groups["value"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^finished in \S+, (?<value>[\d.]+) req/s", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"^status codes: (?<value>\d+) 2xx", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Answered();

    [GeneratedRegex(@"\((?<value>\d+)\) data$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Data();
}

/// <summary>What h2load saw.</summary>
/// <param name="Calls">How many calls it made.</param>
/// <param name="Rate">Calls answered a second.</param>
/// <param name="Bytes">How many bytes the answers' bodies had altogether.</param>
internal sealed record H2LoadResult(int Calls, double Rate, long Bytes);
