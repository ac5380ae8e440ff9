using System.Text.RegularExpressions;

namespace FoodDelivery.Customers.NotifyingOfChanges;

/// <summary>
/// A message with gaps, as a provider of business messages wants it registered: <c>#{order}</c> stands for the order's number. What is sent
/// must be a registered template with its gaps filled.
/// </summary>
/// <param name="Code">Its code at the provider: at most twenty characters.</param>
/// <param name="Text">The text with gaps.</param>
public sealed partial record MessageTemplate(string Code, string Text)
{
    /// <summary>The text with its gaps filled; a value that looks like a gap stays what it is.</summary>
    public string Fill(Func<string, string> value) => Gap().Replace(Text, gap => value(gap.Groups["name"].Value));

    [GeneratedRegex(@"#\{(?<name>[a-z]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Gap();
}
