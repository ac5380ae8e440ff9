using System.Globalization;
using System.Text;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.EndToEnd.ForeignClients;

/// <summary>Our forms of Unicode's texts are those of another implementation.</summary>
public sealed class UnicodeFormTests
{
    private const string Python = "/usr/bin/python3";

    // That of our tables; later ones know more characters.
    private const string Version = "14.0.0";

    [NeedsPrograms(Python)]
    public async Task Python_composes_and_decomposes_every_character_and_many_strings_as_we_do()
    {
        var run = await OutsideProgram.RunAsync(Python, [Path.Combine(AppContext.BaseDirectory, "clients", "forms.py")]);
        Assert.True(run.ExitCode == 0, run.Errors);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines[0] != Version)
            return;

        var forms = lines.Skip(1).Select(static line => line.Split('|').Select(Text).ToArray()).ToList();
        Assert.True(forms.Count > 20_000, $"{forms.Count}");
        Assert.Empty(forms.Where(static form => UnicodeText.Compose(form[0]) != form[1] || UnicodeText.Decompose(form[0]) != form[2]).Select(static form => Points(form[0])).Take(10));
        var changed = forms.Select(static form => form[0]).ToHashSet(StringComparer.Ordinal);
        var others = Enumerable.Range(0, 0x30000).Where(Rune.IsValid).Select(static point => new Rune(point).ToString()).Where(text => !changed.Contains(text));
        Assert.Empty(others.Where(static text => UnicodeText.Compose(text) != text || UnicodeText.Decompose(text) != text).Select(Points).Take(10));
    }

    private static string Text(string points) =>
        string.Concat(points.Split(' ').Select(static point => new Rune(int.Parse(point, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));

    private static string Points(string text) => string.Join(' ', text.EnumerateRunes().Select(static rune => $"{rune.Value:X}"));
}
