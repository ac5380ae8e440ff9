using System.Security.Cryptography;
using System.Text;

namespace FoodDelivery.Platform.Messaging;

/// <summary>
/// Text as every database keeps it: PostgreSQL refuses NUL, surrogates without their pair, and in an index what is longer than a third of a page.
/// </summary>
internal static class StorableText
{
    private const int Longest = 500;

    /// <summary>Whether it can be stored, also in an index, as it is.</summary>
    public static bool Keeps(string text) => text.Length <= Longest && IsClean(text);

    /// <summary>A text for an index: escaped where it must be, and cut where it is too long, so that different ones stay different.</summary>
    public static string Key(string text) => Escape(text) is var escaped && escaped.Length <= Longest
        ? escaped
        : $"{Escape(text[..(Longest / 2)])}…{Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(text)))}";

    /// <summary>What cannot be stored as <c>\uXXXX</c>, and the rest as it is.</summary>
    public static string Escape(string text)
    {
        if (IsClean(text))
            return text;

        var escaped = new StringBuilder(text.Length + 16);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\0' || !Rune.TryGetRuneAt(text, at, out var rune))
                escaped.Append("\\u").Append(((int)text[at]).ToString("x4"));
            else
                escaped.Append(text, at, rune.Utf16SequenceLength);

            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                at++;
        }

        return escaped.ToString();
    }

    private static bool IsClean(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\0' || (char.IsSurrogate(text[at]) && !Rune.TryGetRuneAt(text, at, out _)))
                return false;

            if (char.IsHighSurrogate(text[at]))
                at++;
        }

        return true;
    }
}
