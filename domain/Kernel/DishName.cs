using System.Text;

namespace FoodDelivery.Kernel;

/// <summary>
/// A name that a dish can be ordered by: what a store writes on its menu and what a customer types are the same dish when they are
/// equal, that is trimmed, in composed form (NFC for Hangul, which some keyboards and file systems spell letter by letter) and ignoring case.
/// </summary>
public readonly record struct DishName
{
    /// <summary>How long a name may be, in UTF-16 code units.</summary>
    public const int MaxLength = 100;

    private DishName(string text) => (Text, Key) = (text, text.ToUpperInvariant());

    /// <summary>The name as it is shown: trimmed and composed, its case kept.</summary>
    public string Text { get; }

    /// <summary>The same for all spellings that mean the same dish.</summary>
    public string Key { get; }

    /// <summary>Trims and composes what somebody wrote; the result may be empty, which no dish is called.</summary>
    public static DishName Of(string written) => new(Compose(written.Trim()));

    /// <summary>Whether both mean the same dish.</summary>
    public bool Equals(DishName other) => string.Equals(Key, other.Key, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Key is null ? 0 : Key.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    // string.Normalize does nothing under InvariantGlobalization; the composition of Hangul is arithmetic
    // (The Unicode Standard, section 3.12, "Conjoining Jamo Behavior").
    private static string Compose(string text)
    {
        const int Leads = 0x1100, Vowels = 0x1161, Trails = 0x11A7, Syllables = 0xAC00;
        const int LeadCount = 19, VowelCount = 21, TrailCount = 28, SyllableCount = LeadCount * VowelCount * TrailCount;

        if (text.AsSpan().IndexOfAnyInRange((char)Vowels, (char)(Trails + TrailCount - 1)) < 0)
            return text;

        var composed = new StringBuilder(text.Length);
        foreach (var next in text)
        {
            var last = composed.Length == 0 ? -1 : composed[^1];
            if (last is >= Leads and < Leads + LeadCount && next is >= (char)Vowels and < (char)(Vowels + VowelCount))
            {
                composed[^1] = (char)(Syllables + (((last - Leads) * VowelCount) + (next - Vowels)) * TrailCount);
            }
            else if (last is >= Syllables and < Syllables + SyllableCount && (last - Syllables) % TrailCount == 0
                && next is > (char)Trails and < (char)(Trails + TrailCount))
            {
                composed[^1] = (char)(last + (next - Trails));
            }
            else
            {
                composed.Append(next);
            }
        }

        return composed.ToString();
    }
}
