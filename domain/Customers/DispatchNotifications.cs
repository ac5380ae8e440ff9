using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>Sends what is pending.</summary>
/// <param name="AtMost">How many at the most, from 1.</param>
/// <param name="Claim">How long a dispatcher that died holds up what it had claimed.</param>
public sealed record DispatchNotifications(int AtMost, TimeSpan Claim);

/// <summary>Sends each pending notification once, whoever else does the same and wherever a process dies.</summary>
/// <param name="notifications">What is pending; a claim excludes other dispatchers for a while.</param>
/// <param name="channels">
/// The ways out, of which the first takes what has no other. A crash between sending and noting it repeats the message under the same key.
/// </param>
/// <param name="contacts">Knows where people are reached, and who does not want to be told any more.</param>
/// <param name="counts">Counts what goes to telephones.</param>
/// <param name="limits">How much may.</param>
/// <param name="clock">Measures claims and delays.</param>
public sealed class DispatchNotificationsHandler(
    INotifications notifications,
    IReadOnlyList<INotificationChannel> channels,
    IContacts contacts,
    IMessageCounts counts,
    MessageLimits limits,
    TimeProvider clock)
{
    /// <summary>How long a dispatcher that died usually holds up what it had claimed.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromSeconds(15);

    /// <summary>How long a channel may take.</summary>
    public static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How often one notification is tried; the last pause is four minutes.</summary>
    public const int MaxAttempts = 10;

    /// <summary>The longest pause between two tries, whatever a channel asks for.</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(15);

    // What is noted at the same time shares a commit.
    private const int MaxParallel = 64;

    /// <summary>How many were claimed, sent or not: with none there is nothing to do for now.</summary>
    public async Task<int> Handle(DispatchNotifications command, CancellationToken cancellation)
    {
        var (now, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        var claimed = await notifications.Claim(now, now + command.Claim, command.AtMost, cancellation);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellation };

        // Customer and owner are told at the same time; the feed, whose order is that of their claims, shall not say otherwise.
        var timed = claimed.Select(one => (Claimed: one, At: clock.GetUtcNow()));
        await Parallel.ForEachAsync(timed, parallel, async (one, stop) =>
        {
            // A claim that could run out while it is sent leaves it to the next claim: nobody else may be sending it too.
            if (clock.GetElapsedTime(began) + SendTimeout < command.Claim)
                await Dispatch(one.Claimed, one.At, stop);
        });
        return claimed.Count;
    }

    private async Task Dispatch(ClaimedNotification claimed, DateTimeOffset at, CancellationToken cancellation)
    {
        var notification = claimed.Notification;
        var contact = notification.Addressee.Length == 0
            ? null
            : await contacts.Find(notification.Role, notification.Addressee, cancellation);
        if (WantsNothing(notification, contact))
        {
            // It stands in the feed, where they may look for themselves.
            await notifications.MarkSent(claimed, ContactChannel.None.Word(), at, cancellation);
            return;
        }

        var channel = channels.Called(notification.Channel);
        if (contact is not null && channel.Name != Notification.Console && await WhyNot(claimed, contact, at, cancellation) is { } reason)
        {
            await notifications.Refuse(claimed, reason, at, cancellation);
            return;
        }

        var message = new OutgoingMessage(
            notification.MessageKey, notification.Recipient, notification.Text, notification.Template, contact?.Phone, claimed.MayHaveLeft);
        if ((await channel.SendInTime(message, clock, cancellation)).IsError(out var refusal))
            await PutOff(claimed, refusal.RetryAfter ?? TimeSpan.Zero, cancellation);
        else
            await notifications.MarkSent(claimed, notification.Channel, at, cancellation);
    }

    // Asked anew at every attempt: who has opted out or withdrawn meanwhile is left in peace.
    private static bool WantsNothing(Notification notification, Contact? contact) => notification.Channel != Notification.Console
        && (contact is null or { Channel: ContactChannel.None } || notification.Channel == ContactChannel.None.Word());

    // A telephone rings for whoever has shown that it is theirs, and so often at the most. What is tried again is not counted again.
    private async Task<string?> WhyNot(ClaimedNotification claimed, Contact contact, DateTimeOffset at, CancellationToken cancellation)
    {
        if (!contact.IsConfirmed)
            return "PHONE_NOT_CONFIRMED";
        return claimed is { Attempt: 1, MayHaveLeft: false }
            ? (await counts.Take(limits.ForMessage(contact.Phone, claimed.Notification.Caller, at), cancellation))?.Reason
            : null;
    }

    private Task PutOff(ClaimedNotification claimed, TimeSpan atLeast, CancellationToken cancellation)
    {
        if (claimed.Attempt >= MaxAttempts)
            return notifications.GiveUp(claimed, cancellation);
        var pause = PauseAfter(claimed.Attempt);
        if (pause < atLeast)
            pause = atLeast < MaxPause ? atLeast : MaxPause;
        return notifications.Postpone(claimed, clock.GetUtcNow() + pause, cancellation);
    }

    private static TimeSpan PauseAfter(int attempt) => TimeSpan.FromSeconds(0.5) * (1 << attempt);
}

/// <summary>Choosing a way out, and not waiting for it too long.</summary>
internal static class Sending
{
    /// <summary>The one of that name, or else the first, which takes what has no other.</summary>
    public static INotificationChannel Called(this IReadOnlyList<INotificationChannel> channels, string name) =>
        channels.FirstOrDefault(channel => channel.Name == name) ?? channels[0];

    /// <summary>The one that reaches whoever holds the telephone: SMS, or else KakaoTalk, or else the first.</summary>
    public static INotificationChannel ForCodes(this IReadOnlyList<INotificationChannel> channels) =>
        channels.FirstOrDefault(static channel => channel.Name == ContactChannel.Sms.Word()) ?? channels.Called(ContactChannel.Kakao.Word());

    /// <summary>Sends a message, or says after <see cref="DispatchNotificationsHandler.SendTimeout"/> that it took too long.</summary>
    public static async Task<Result<Unit>> SendInTime(
        this INotificationChannel channel, OutgoingMessage message, TimeProvider clock, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(DispatchNotificationsHandler.SendTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await channel.Send(message, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Error.Unavailable("CHANNEL_TOO_SLOW", "The channel has not answered in time.", TimeSpan.Zero);
        }
    }
}
