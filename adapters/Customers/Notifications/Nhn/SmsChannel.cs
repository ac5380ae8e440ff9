using System.Globalization;
using System.Text;
using System.Text.Json;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Adapters.Customers.Notifications.Nhn;

/// <summary>
/// Text messages through NHN Cloud (v3.0): a short one, or a long one where the text does not fit. This API promises nothing about a
/// repeated request, so whatever may have been accepted is looked up by the message's key before it is sent again.
/// </summary>
/// <param name="client">Calls the provider.</param>
/// <param name="settings">The sender.</param>
/// <param name="clock">Tells in which span to look.</param>
internal sealed class SmsChannel(NhnClient client, SmsSettings settings, TimeProvider clock) : INotificationChannel
{
    public string Name => ContactChannel.Sms.Word();

    public async Task<Result<Unit>> Send(OutgoingMessage message, CancellationToken cancellation)
    {
        var (key, text) = (message.Key, SmsText.Of(message.Text));
        var path = $"/sms/v3.0/appKeys/{Uri.EscapeDataString(settings.Access.AppKey)}/sender/{(text.IsLong ? "mms" : "sms")}";
        if (message.MayHaveLeft)
        {
            if ((await IsKnown(path, key, cancellation)).IsError(out var doubt, out var isKnown))
                return doubt;
            if (isKnown)
                return Unit.Value;
        }

        var sent = await client.Post(path, Body(message, text), key, isIdempotent: false, cancellation);
        return sent.IsError(out var refusal, out var answer) ? refusal : NhnClient.Result(Results(answer));
    }

    private async Task<Result<bool>> IsKnown(string path, string key, CancellationToken cancellation)
    {
        var query = $"{path}?{NhnDates.Query(clock.GetUtcNow(), "yyyy-MM-dd HH:mm:ss")}&recipientGroupingKey={Uri.EscapeDataString(key)}";
        return (await client.Get(query, key, cancellation)).IsError(out var refusal, out var answer)
            ? client.IsUnclear(refusal.Message)
            : NhnClient.Knows(Found(answer), key);
    }

    private Dictionary<string, object?> Body(OutgoingMessage message, SmsText text)
    {
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["body"] = text.Text,
            ["sendNo"] = settings.SenderNumber,
            ["recipientList"] = new[] { new { recipientNo = message.To?.Digits, recipientGroupingKey = message.Key } },
        };
        if (text.IsLong)
            body["title"] = SmsText.Title;
        return body;
    }

    private static JsonElement Results(JsonElement answer) =>
        Data(answer) is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("sendResultList", out var results) ? results : default;

    private static JsonElement Found(JsonElement answer) => Data(answer);

    private static JsonElement Data(JsonElement answer) =>
        answer.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.Object && body.TryGetProperty("data", out var data) ? data : default;
}

/// <summary>
/// A text as Korean telephones take it, short or long: in EUC-KR, that is in the characters of KS X 1001. What that does not have fails to be delivered,
/// so emoji are left out, letters lose their marks, syllables that it lacks are spelt letter by letter, and of what is left a square stands for a
/// word. Up to 90 bytes are a short message.
/// </summary>
/// <param name="Text">What can be sent.</param>
/// <param name="IsLong">Whether it is too long for a short message.</param>
internal sealed record SmsText(string Text, bool IsLong)
{
    /// <summary>What long messages are headed by; at most 40 bytes.</summary>
    public const string Title = "FoodDelivery";

    private const int CodePage = 51949;
    private const int Short = 90;
    private const char Missing = '□';

    // The letters of a syllable as they stand by themselves, in the order in which syllables are numbered (The Unicode Standard, section 3.12).
    private const string Leads = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
    private const string Vowels = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
    private const string Trails = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

    private static readonly Encoding EucKr = CodePagesEncodingProvider.Instance.GetEncoding(
        CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    public static SmsText Of(string written)
    {
        var text = new StringBuilder(written.Length);
        foreach (var rune in UnicodeText.Compose(written).EnumerateRunes())
        {
            var sent = Sent(rune);
            if (sent is not [Missing] || text.Length == 0 || text[^1] != Missing)
                text.Append(sent);
        }

        var all = text.Replace("  ", " ").ToString();
        return new SmsText(all, EucKr.GetByteCount(all) > Short);
    }

    private static string Sent(Rune rune)
    {
        if (CanBeSent(rune))
            return rune.ToString();

        if (rune.Value is >= '가' and <= '힣')
            return Spelt(rune.Value - '가');

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.Format or UnicodeCategory.Control
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.OtherNotAssigned)
        {
            return "";
        }

        var bare = string.Concat(UnicodeText.Decompose(rune.ToString()).EnumerateRunes().Where(CanBeSent));
        return bare.Length > 0 ? bare : $"{Missing}";
    }

    private static string Spelt(int syllable)
    {
        var (lead, vowel, trail) = (syllable / (Vowels.Length * (Trails.Length + 1)), syllable / (Trails.Length + 1) % Vowels.Length, syllable % (Trails.Length + 1));
        return $"{Leads[lead]}{Vowels[vowel]}{(trail == 0 ? "" : Trails[trail - 1])}";
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
