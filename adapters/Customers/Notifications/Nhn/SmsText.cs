using System.Text;

namespace FoodDelivery.Adapters.Customers.Notifications.Nhn;

/// <summary>
/// A text as Korean telephones take it: in EUC-KR. What that does not have fails to be delivered, so emoji are left out, and letters that it
/// lacks become question marks. Up to 90 bytes are a short message.
/// </summary>
/// <param name="Text">What can be sent.</param>
/// <param name="IsLong">Whether it is too long for a short message.</param>
internal sealed record SmsText(string Text, bool IsLong)
{
    /// <summary>What long messages are headed by; at most 40 bytes.</summary>
    public const string Title = "FoodDelivery";

    private const int CodePage = 51949;
    private const int Short = 90;

    private static readonly Encoding EucKr = CodePagesEncodingProvider.Instance.GetEncoding(
        CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    public static SmsText Of(string written)
    {
        var text = new StringBuilder(written.Length);
        foreach (var rune in written.EnumerateRunes())
            text.Append(CanBeSent(rune) ? rune.ToString() : Rune.IsLetter(rune) ? "?" : "");
        var sent = text.Replace("  ", " ").ToString();
        return new SmsText(sent, EucKr.GetByteCount(sent) > Short);
    }

    private static bool CanBeSent(Rune rune)
    {
        if (rune.IsAscii)
            return true;
        try
        {
            return rune.IsBmp && EucKr.GetByteCount(rune.ToString()) > 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
