namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>Tells a slip of the hand from another word.</summary>
internal static class Spelling
{
    /// <summary>
    /// Whether it is that name but for a letter or two that are missing, wrong, too many or have changed places; in a short name one; in a name of two letters
    /// none. A letter of Hangul is a jamo. A name that begins with an underscore is no field of ours.
    /// </summary>
    public static bool IsSlipOf(string name, string written)
    {
        if (written.StartsWith('_') || written.Length > name.Length + 2)
            return false;

        var (right, wrong) = (Letters(name), Letters(written));
        var allowed = right.Length switch { <= 2 => 0, <= 4 => 1, _ => 2 };
        return Math.Abs(right.Length - wrong.Length) <= allowed && Distance(right, wrong) <= allowed;
    }

    private static string Letters(string name) => UnicodeText.Decompose(name).ToUpperInvariant();

    // Optimal string alignment: each row holds the distances of the beginnings of the one to a beginning of the other.
    private static int Distance(string one, string other)
    {
        var (before, last, next) = (new int[other.Length + 1], Enumerable.Range(0, other.Length + 1).ToArray(), new int[other.Length + 1]);
        for (var i = 1; i <= one.Length; i++)
        {
            next[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                next[j] = Math.Min(Math.Min(next[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
            }

            (before, last, next) = (last, next, before);
        }

        return last[other.Length];
    }
}
