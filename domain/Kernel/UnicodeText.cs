using System.Globalization;
using System.Text;

namespace FoodDelivery.Kernel;

/// <summary>
/// What people write: any script, emoji included. <c>string.Normalize</c> does nothing under InvariantGlobalization, so that the forms of
/// Unicode Standard Annex 15 are made here.
/// </summary>
public static class UnicodeText
{
    // The Unicode Standard, section 3.12, "Conjoining Jamo Behavior".
    private const int Leads = 0x1100, Vowels = 0x1161, Trails = 0x11A7, Syllables = 0xAC00;
    private const int LeadCount = 19, VowelCount = 21, TrailCount = 28, SyllableCount = LeadCount * VowelCount * TrailCount;

    /// <summary>The text in composed form (NFC): some keyboards and file systems spell Hangul letter by letter.</summary>
    public static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsComposed(text) ? text : Write(Composed(Decomposed(text, compatibility: false)));
    }

    /// <summary>The text letter by letter (NFD).</summary>
    public static string Decompose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Write(Decomposed(text, compatibility: false));
    }

    /// <summary>The same for all texts that look alike: in compatible form (NFKC), case ignored, without what is invisible.</summary>
    public static string Look(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var visible = Write(Decomposed(text, compatibility: true).Where(static point => !IsInvisible(new Rune(point))));
        return Write(Composed(Decomposed(visible.ToUpperInvariant().ToLowerInvariant(), compatibility: true)));
    }

    /// <summary>Whether there is anything to be seen.</summary>
    public static bool IsVisible(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && !IsInvisible(rune))
                return true;
        }

        return false;
    }

    /// <summary>What breaks a screen, a log or an encoding, as the end of a sentence: control characters, those that turn the direction of writing, half characters; or null.</summary>
    public static string? Validate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsControl(text[at]))
                return $"has a control character at position {at}";

            if (text[at] is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
                return $"has a character that turns the direction of writing at position {at}";

            if (char.IsSurrogate(text[at]) && !Rune.TryGetRuneAt(text, at++, out _))
                return $"is not valid Unicode at position {at - 1}";
        }

        return null;
    }

    // Format characters, and what else the Unicode Character Database calls ignorable by default; the braille pattern without dots.
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164
            or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF);

    private static bool IsComposed(string text)
    {
        // Marks begin at U+0300.
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u02FF'))
            return true;

        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is (>= Vowels and < Vowels + VowelCount) or (> Trails and < Trails + TrailCount) || UnicodeTables.Current.IsUnsettled(rune.Value))
                return false;
        }

        return true;
    }

    private static List<int> Decomposed(string text, bool compatibility)
    {
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, compatibility, points);

        Order(points);
        return points;
    }

    private static void Decompose(int point, bool compatibility, List<int> points)
    {
        if (point - Syllables is >= 0 and < SyllableCount and var syllable)
        {
            points.Add(Leads + (syllable / (VowelCount * TrailCount)));
            points.Add(Vowels + (syllable % (VowelCount * TrailCount) / TrailCount));
            if (syllable % TrailCount > 0)
                points.Add(Trails + (syllable % TrailCount));
        }
        else if (UnicodeTables.Current.Decomposition(point, compatibility) is { } parts)
        {
            foreach (var part in parts)
                Decompose(part, compatibility, points);
        }
        else
        {
            points.Add(point);
        }
    }

    // Marks on one letter stand in the order of their classes, and those of one class as they were written.
    private static void Order(List<int> points)
    {
        for (var start = 0; start < points.Count; start++)
        {
            var end = start;
            while (end < points.Count && UnicodeTables.Current.Class(points[end]) > 0)
                end++;

            if (end - start > 1)
            {
                var marks = points[start..end].OrderBy(UnicodeTables.Current.Class).ToList();
                for (var at = 0; at < marks.Count; at++)
                    points[start + at] = marks[at];
            }

            start = end;
        }
    }

    private static List<int> Composed(List<int> points)
    {
        var composed = new List<int>(points.Count);
        var (letter, lastClass) = (-1, 0);
        foreach (var point in points)
        {
            var own = UnicodeTables.Current.Class(point);
            if (letter >= 0 && (lastClass == 0 || lastClass < own) && Pair(composed[letter], point) is { } whole)
            {
                composed[letter] = whole;
                continue;
            }

            if (own == 0)
                letter = composed.Count;

            lastClass = own;
            composed.Add(point);
        }

        return composed;
    }

    private static int? Pair(int first, int second)
    {
        if (first is >= Leads and < Leads + LeadCount && second is >= Vowels and < Vowels + VowelCount)
            return Syllables + ((((first - Leads) * VowelCount) + (second - Vowels)) * TrailCount);

        return first is >= Syllables and < Syllables + SyllableCount && (first - Syllables) % TrailCount == 0 && second is > Trails and < Trails + TrailCount
            ? first + (second - Trails)
            : UnicodeTables.Current.Composition(first, second);
    }

    private static string Write(IEnumerable<int> points)
    {
        var text = new StringBuilder();
        foreach (var point in points)
            text.Append(new Rune(point).ToString());

        return text.ToString();
    }
}
