namespace FoodDelivery.Kernel;

/// <summary>
/// A name that a dish can be ordered by: what a store writes on its menu and what a customer types are the same dish when they are
/// equal, that is trimmed, in composed form (NFC) and ignoring case.
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

    /// <summary>The same for all names that nobody can tell apart by looking.</summary>
    public string Look => UnicodeText.Look(Text);

    /// <summary>Trims and composes what somebody wrote; the result may be empty or invisible, which no dish is called.</summary>
    public static DishName Of(string written) => new(UnicodeText.Compose(written.Trim()));

    /// <summary>Whether both mean the same dish.</summary>
    public bool Equals(DishName other) => string.Equals(Key, other.Key, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Key is null ? 0 : Key.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
