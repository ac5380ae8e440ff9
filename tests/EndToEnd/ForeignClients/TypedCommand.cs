using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.EndToEnd.ForeignClients;

/// <summary>A line of <c>clients/commands.txt</c>: what is typed, and what it must show.</summary>
/// <param name="Text">The command, or <c>- stop Pay</c>.</param>
/// <param name="IsSoon">Whether it is typed until it shows that.</param>
/// <param name="Status">The HTTP status; null for a siege.</param>
/// <param name="Shown">Fields (<c>page/number=0</c>) and headers (<c>Retry-After:*</c>).</param>
internal sealed partial record TypedCommand(string Text, bool IsSoon, int? Status, IReadOnlyList<string> Shown)
{
    private const string Anything = "*";

    /// <summary>The service that is to be stopped or started, and which of both; null for a command.</summary>
    public (string Service, bool Starts)? Control =>
        Text.Split(' ') is ["-", "start" or "stop", var service] words ? (service, words[1] == "start") : null;

    /// <summary>The blocks by their names.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<TypedCommand>> Read(string file)
    {
        var sessions = new Dictionary<string, IReadOnlyList<TypedCommand>>(StringComparer.Ordinal);
        foreach (var block in File.ReadAllText(file).ReplaceLineEndings("\n").Split("\n[").Skip(1))
        {
            var lines = block.Split('\n');
            sessions.Add(
                lines[0].TrimEnd(']'), [.. lines.Skip(1).Where(static line => line.Length > 0 && !line.StartsWith('#')).Select(Parse)]);
        }

        return sessions;
    }

    /// <summary>Demands that the answer shows what it must.</summary>
    public void IsShownBy(Answer answer)
    {
        if (Status is { } status)
            answer.Expect(status);

        foreach (var shown in Shown)
        {
            var parts = Part().Match(shown);
            var (name, wanted) = (parts.Groups["name"].Value, parts.Groups["value"].Value);
            var (found, isRight) = parts.Groups["kind"].Value == ":"
                ? (answer.Header(name) ?? "", (answer.Header(name) ?? "").Contains(wanted, StringComparison.Ordinal))
                : (Field(answer, name), Field(answer, name) == wanted);
            Assert.True(isRight || (wanted == Anything && found.Length > 0), $"{shown} was expected, but {answer}");
        }
    }

    private static string Field(Answer answer, string path)
    {
        var found = answer.At(path.Split('/'));
        return found.ValueKind == JsonValueKind.Null ? "" : found.ToString();
    }

    private static TypedCommand Parse(string line)
    {
        if (line.Split(" => ") is not [var text, var expected])
            return line.StartsWith('-') ? new TypedCommand(line, false, null, []) : throw new FormatException($"Of '{line}' nobody says what it must show.");

        var words = expected.Split(' ').ToList();
        var isSoon = words.Remove("soon");
        int? status = int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new TypedCommand(text, isSoon, status, words[(status is null ? 0 : 1)..]);
    }

    [GeneratedRegex("^(?<name>[^=:]+)(?<kind>[=:])(?<value>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
