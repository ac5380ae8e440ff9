using System.Text.RegularExpressions;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>The secrets that a platform in containers is given.</summary>
public sealed partial class SecretsTests
{
    [NeedsPrograms("/bin/bash")]
    public async Task Each_that_compose_wants_is_made_once()
    {
        using var folder = new DataFolder();
        foreach (var file in (string[])["compose.yaml", "secrets"])
            File.Copy(Path.Combine(Checkout.Root, "deploy", "compose", file), Path.Combine(folder.Path, file));

        Assert.Equal(0, (await OutsideProgram.RunAsync("/bin/bash", [Path.Combine(folder.Path, "secrets")])).ExitCode);
        var made = await File.ReadAllLinesAsync(Path.Combine(folder.Path, ".env"));
        Assert.Equal(0, (await OutsideProgram.RunAsync("/bin/bash", [Path.Combine(folder.Path, "secrets")])).ExitCode);

        Assert.Equal(made, await File.ReadAllLinesAsync(Path.Combine(folder.Path, ".env")));
        Assert.Equal(
            Wanted().Matches(await File.ReadAllTextAsync(Path.Combine(folder.Path, "compose.yaml"))).Select(static match => match.Groups["name"].Value)
                .Append("CARD_KEYS").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            made.Select(static line => line[..line.IndexOf('=', StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
        Assert.All(made, static line => Assert.True(line.Length - line.IndexOf('=', StringComparison.Ordinal) > 32, line));
    }

    [GeneratedRegex(@"\$\{(?<name>\w+):\?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Wanted();
}
