using System.Text;
using System.Text.Json;

namespace FoodDelivery.Tests.Support.Messages;

/// <summary>What the stub knows: which keys were used and which messages delivered; and what it accepts.</summary>
internal sealed class NhnBooks
{
    private static readonly Encoding EucKr = CodePagesEncodingProvider.Instance.GetEncoding(
        51949, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly List<DeliveredMessage> _delivered = [];

    public IReadOnlyList<DeliveredMessage> Delivered
    {
        get
        {
            lock (_gate)
                return [.. _delivered];
        }
    }

    public bool Use(string key)
    {
        lock (_gate)
            return _keys.Add(key);
    }

    public void Deliver(DeliveredMessage message)
    {
        lock (_gate)
            _delivered.Add(message);
    }

    public (DeliveredMessage? Message, string? Flaw) AlimTalk(JsonElement body)
    {
        var recipient = body.GetProperty("recipientList")[0];
        var template = body.GetProperty("templateCode").GetString()!;
        var content = recipient.GetProperty("content").GetString()!;
        var resend = recipient.GetProperty("resendParameter");
        var fallback = resend.GetProperty("isResend").GetBoolean() ? resend.GetProperty("resendContent").GetString() : null;
        var message = new DeliveredMessage("kakao", Key(recipient), To(recipient), template, content, fallback);
        return (message, body.GetProperty("senderKey").GetString() != NhnStub.SenderKey ? "Invalid senderKey."
            : template.Length is 0 or > 20 ? "Invalid templateCode."
            : content.Length > 1000 ? "The content is too long."
            : fallback is not null && !IsText(fallback, resend.GetProperty("resendType").GetString() == "SMS" ? 90 : 2000) ? "The fall-back cannot be sent."
            : fallback is not null && resend.GetProperty("resendSendNo").GetString() != NhnStub.SenderNumber ? "Invalid Sms Sendno"
            : Validate(message));
    }

    public (DeliveredMessage? Message, string? Flaw) Text(JsonElement body, string channel)
    {
        var recipient = body.GetProperty("recipientList")[0];
        var text = body.GetProperty("body").GetString()!;
        var message = new DeliveredMessage(channel, Key(recipient), To(recipient), "", text, null);
        return (message, body.GetProperty("sendNo").GetString() != NhnStub.SenderNumber ? "Invalid Sms Sendno"
            : !IsText(text, channel == "sms" ? 90 : 2000) ? "The text cannot be sent."
            : channel == "lms" && !IsText(body.GetProperty("title").GetString()!, 40) ? "The title cannot be sent."
            : Validate(message));
    }

    private static string? Validate(DeliveredMessage message) =>
        message.Key.Length is 0 or > 100 ? "Invalid recipientGroupingKey." : message.To.Length is < 10 or > 15 ? "Invalid recipientNo." : null;

    private static string Key(JsonElement recipient) => recipient.GetProperty("recipientGroupingKey").GetString() ?? "";

    private static string To(JsonElement recipient) => recipient.GetProperty("recipientNo").GetString() ?? "";

    private static bool IsText(string text, int bytes)
    {
        try
        {
            return EucKr.GetByteCount(text) <= bytes;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
