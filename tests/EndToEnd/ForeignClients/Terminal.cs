using System.Globalization;
using System.Text.RegularExpressions;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.EndToEnd.ForeignClients;

/// <summary>A shell in which httpie and siege are typed as by a user who has never used them, except that they know that nobody is looking.</summary>
internal sealed partial class Terminal(Fleet fleet) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly DataFolder _home = Home();

    /// <summary>Types a command and reads the answer; of a siege, what it sums up.</summary>
    public async Task<Answer> Type(string command) =>
        command.StartsWith("siege ", StringComparison.Ordinal) ? await Besiege(command) : Read(command, await Run(command));

    public void Dispose() => _home.Dispose();

    private static DataFolder Home()
    {
        var home = new DataFolder();
        File.WriteAllText(
            Path.Combine(home.Path, "config.json"),
            """{"default_options": ["--ignore-stdin", "--print=hb", "--pretty=none"], "disable_update_warnings": true}""");
        File.WriteAllLines(
            Path.Combine(home.Path, "siegerc"),
            ["json_output = true", "verbose = false", "logging = false", "show-logfile = false", "parser = true", "limit = 255", "connection = close"]);
        return home;
    }

    private static Answer Read(string command, ProgramRun run)
    {
        var parts = run.Output.ReplaceLineEndings("\n").Split("\n\n", 2);
        var lines = parts[0].Split('\n');
        Assert.True(StatusLine().IsMatch(lines[0]), $"{command} was not answered: {run.Output}{run.Errors}");
        var headers = lines.Skip(1).Select(static line => line.Split(": ", 2)).GroupBy(static pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static header => header.Key, static header => string.Join(", ", header.Select(static pair => pair[^1])), StringComparer.OrdinalIgnoreCase);
        return new Answer(command, int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, parts.Length > 1 ? parts[1] : "");
    }

    // With a duration siege cancels its threads at its end, after which it sometimes never ends; and now and then it breaks off before it has summed up.
    private async Task<Answer> Besiege(string command)
    {
        var brief = Duration().Replace(command, "-r2");
        for (var turn = 1; ; turn++)
        {
            var run = await Run(brief);
            if (run.Output.LastIndexOf('{') is >= 0 and var start && run.Output.LastIndexOf('}') is var end && end > start)
                return new Answer(command, 200, new Dictionary<string, string>(StringComparer.Ordinal), run.Output[start..(end + 1)]);

            Assert.True(turn < 3, $"{command} sums up nothing: {run.Output}{run.Errors}");
        }
    }

    private Task<ProgramRun> Run(string command)
    {
        var here = $"export HOME='{_home.Path}' HTTPIE_CONFIG_DIR='{_home.Path}' SIEGERC='{_home.Path}/siegerc' NO_PROXY='*' no_proxy='*'";
        return OutsideProgram.RunAsync("/bin/sh", ["-c", $"{here}\n{Address().Replace(command, Listened)}"], within: Patience);
    }

    private string Listened(Match usual)
    {
        var port = int.Parse(usual.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
        var service = ServiceCatalog.Services.SingleOrDefault(service => service.RestPort == port);
        return $"localhost:{(service is null ? fleet.Proxy.Port : fleet.Addresses[service.Name].RestPort)}";
    }

    [GeneratedRegex("^HTTP/1.1 [0-9]{3} ", RegexOptions.None, 1000)]
    private static partial Regex StatusLine();

    [GeneratedRegex("localhost:(?<port>[0-9]{4})(?![0-9])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("-t[0-9]+S( -r[0-9]+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Duration();
}
