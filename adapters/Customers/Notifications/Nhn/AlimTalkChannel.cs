using System.Text.Json;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Adapters.Customers.Notifications.Nhn;

/// <summary>
/// KakaoTalk's AlimTalk through NHN Cloud (v2.3): the text of a registered template, and an SMS instead where KakaoTalk does not reach the
/// recipient. The message's key is sent twice: as the idempotency key, which refuses a repetition for ten minutes, and as the grouping key,
/// by which the message is looked up when nobody knows whether it was accepted.
/// </summary>
/// <param name="client">Calls the provider.</param>
/// <param name="settings">The sender.</param>
/// <param name="clock">Tells in which span to look.</param>
internal sealed class AlimTalkChannel(NhnClient client, KakaoSettings settings, TimeProvider clock) : INotificationChannel
{
    private string Path => $"/alimtalk/v2.3/appkeys/{Uri.EscapeDataString(settings.Access.AppKey)}";

    public string Name => ContactChannel.Kakao.Word();

    public async Task<Result<Unit>> Send(OutgoingMessage message, CancellationToken cancellation)
    {
        var key = message.Key;
        if (message.MayHaveLeft)
        {
            if ((await IsKnown(key, cancellation)).IsError(out var doubt, out var isKnown))
                return doubt;
            if (isKnown)
                return Unit.Value;
        }

        var sent = await client.Post($"{Path}/raw-messages", Body(message), key, isIdempotent: true, cancellation);
        if (!sent.IsError(out var refusal, out var answer))
            return NhnClient.Result(Results(answer));
        if (refusal.Reason == NhnClient.Repeated)
            return await Confirm(key, cancellation);
        return refusal;
    }

    // The key was used, but for a request that was accepted or for one that was refused? If the list does not know it, the key runs out
    // before the attempts do.
    private async Task<Result<Unit>> Confirm(string key, CancellationToken cancellation) =>
        (await IsKnown(key, cancellation)).IsError(out var doubt, out var isKnown) ? doubt
        : isKnown ? Unit.Value
        : client.IsUnclear("The provider knows the key, but not yet the message.");

    private async Task<Result<bool>> IsKnown(string key, CancellationToken cancellation)
    {
        var query = $"{Path}/messages?{NhnDates.Query(clock.GetUtcNow(), "yyyy-MM-dd HH:mm")}&recipientGroupingKey={Uri.EscapeDataString(key)}";
        return (await client.Get(query, key, cancellation)).IsError(out var refusal, out var answer)
            ? client.IsUnclear(refusal.Message)
            : NhnClient.Knows(Found(answer), key);
    }

    private object Body(OutgoingMessage message) => new
    {
        senderKey = settings.SenderKey,
        templateCode = message.Template,
        recipientList = new[]
        {
            new
            {
                recipientNo = message.To?.Digits,
                content = message.Text,
                resendParameter = Fallback(message.Text),
                recipientGroupingKey = message.Key,
            },
        },
    };

    private object Fallback(string text)
    {
        if (settings.FallbackNumber is null)
            return new { isResend = false };
        var sms = SmsText.Of(text);
        return new
        {
            isResend = true,
            resendType = sms.IsLong ? "LMS" : "SMS",
            resendTitle = SmsText.Title,
            resendContent = sms.Text,
            resendSendNo = settings.FallbackNumber,
        };
    }

    private static JsonElement Results(JsonElement answer) =>
        answer.TryGetProperty("message", out var message) && message.TryGetProperty("sendResults", out var results) ? results : default;

    private static JsonElement Found(JsonElement answer) =>
        answer.TryGetProperty("messageSearchResultResponse", out var found) && found.TryGetProperty("messages", out var messages) ? messages : default;
}
