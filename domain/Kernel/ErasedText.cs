namespace FoodDelivery.Kernel;

/// <summary>What stands where a person's text was, once the person is forgotten.</summary>
public static class ErasedText
{
    /// <summary>The same word everywhere, so that it can be told from what people write.</summary>
    public const string Word = "erased";

    /// <summary>What is left of a text: of none, none.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? text : Word;
    }
}
