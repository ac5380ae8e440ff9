using System.Text;

namespace FoodDelivery.Ordering.Menus;

/// <summary>
/// Composes Korean syllables from their letters as Unicode's form C does (The Unicode Standard, 3.12: arithmetic, no table). Apple's systems send
/// them decomposed; the framework's own normalization does nothing in the invariant mode that all services run in.
/// </summary>
internal static class Hangul
{
    private const int Leads = 0x1100, LeadCount = 19;
    private const int Vowels = 0x1161, VowelCount = 21;
    private const int Tails = 0x11A7, TailCount = 28;
    private const int Syllables = 0xAC00;

    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange((char)Vowels, (char)(Tails + TailCount - 1)))
        {
            return text;
        }

        var composed = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (composed.Length > 0 && Joined(composed[^1], letter) is { } syllable)
            {
                composed[^1] = syllable;
            }
            else
            {
                composed.Append(letter);
            }
        }

        return composed.ToString();
    }

    private static char? Joined(char before, char letter)
    {
        if (before - Leads is >= 0 and < LeadCount && letter - Vowels is >= 0 and < VowelCount)
        {
            return (char)(Syllables + ((((before - Leads) * VowelCount) + (letter - Vowels)) * TailCount));
        }

        var openSyllable = before - Syllables is >= 0 and < LeadCount * VowelCount * TailCount && (before - Syllables) % TailCount == 0;
        return openSyllable && letter - Tails is > 0 and < TailCount ? (char)(before + (letter - Tails)) : null;
    }
}
