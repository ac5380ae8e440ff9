namespace FoodDelivery.Ordering.Menus;

/// <summary>Makes the spellings of one name equal: spaces around it, letter case, and Korean syllables typed as single letters.</summary>
public static class DishName
{
    /// <summary>Compares what <see cref="Normalize"/> returns.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>The name with its syllables composed and no space around it.</summary>
    public static string Normalize(string name) => Hangul.Compose(name).Trim();
}
