using System.Globalization;
using System.Text.RegularExpressions;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Programs;
using Npgsql;

namespace FoodDelivery.Tests.Bench.Real;

/// <summary>PostgreSQL's own load generator: nothing but the statements, prepared, in a closed loop of its clients.</summary>
internal sealed partial class PgBench : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly NpgsqlConnectionStringBuilder _database;
    private readonly string[] _arguments;
    private readonly int _clients;
    private double _expected = 1000;

    /// <param name="connectionString">The database.</param>
    /// <param name="clients">How many connections.</param>
    /// <param name="script">What each does again and again.</param>
    public PgBench(string connectionString, int clients, PgBenchScript script)
    {
        _clients = clients;
        _database = new NpgsqlConnectionStringBuilder(connectionString);
        var file = Path.Combine(_folder.Path, "script.sql");
        File.WriteAllText(file, script.Text);
        _arguments =
        [
            "-h", _database.Host!, "-p", _database.Port.ToString(CultureInfo.InvariantCulture), "-U", _database.Username!, "-n", "-M", "prepared",
            "-c", clients.ToString(CultureInfo.InvariantCulture), "-j", "2", "-f", file,
            .. script.Values.SelectMany(static value => new[] { "-D", $"{value.Key}={value.Value}" }),
        ];
    }

    /// <summary>Runs the script about as often as takes so long; a first time too few, since how fast it goes is not known yet.</summary>
    /// <returns>Runs a second, the time for connecting left out.</returns>
    public async Task<double> Rate(TimeSpan about)
    {
        var each = Math.Max(1, (int)(_expected * about.TotalSeconds / _clients));
        string[] arguments = ["PGPASSWORD=" + _database.Password, "pgbench", .. _arguments, "-t", each.ToString(CultureInfo.InvariantCulture), _database.Database!];
        var run = await OutsideProgram.RunAsync("env", arguments, within: TimeSpan.FromMinutes(5));
        return run.ExitCode == 0 && Tps().Match(run.Output) is { Success: true } match && run.Output.Contains("failed transactions: 0 ", StringComparison.Ordinal)
            ? _expected = double.Parse(match.Groups["tps"].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench failed: {run.Errors}{run.Output}");
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex(@"^tps = (?<tps>[\d.]+) \(without", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tps();
}
