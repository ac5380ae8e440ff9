namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>Where the model has an empty text, JSON has null: there is none.</summary>
public static class AbsentText
{
    /// <summary>The text, or null for an empty one.</summary>
    public static string? OrNull(this string text) => string.IsNullOrEmpty(text) ? null : text;
}
