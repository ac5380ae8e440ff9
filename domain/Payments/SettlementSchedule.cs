namespace FoodDelivery.Payments;

/// <summary>When unfinished business with the provider is looked at again.</summary>
internal static class SettlementSchedule
{
    /// <summary>Whoever has taken a payment in hand is left alone with it for so long: longer than a call to the provider may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait after an unclear answer.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long after an order was given up the provider is asked whether it was charged after all. A request to charge that was under way
    /// at that moment ends within seconds; the later looks are for a provider or a network that delivers it absurdly late.
    /// </summary>
    private static readonly TimeSpan[] LooksAtVoided =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24),
    ];

    private static readonly TimeSpan MinWait = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether the business that is due at <see cref="PaymentState.DueAt"/> is due. It is also if that is further ahead than it can have been meant, unless the payment
    /// waits for one of its later looks: then the clock was ahead, and money would wait for as long.
    /// </summary>
    public static bool IsDue(PaymentState state, DateTimeOffset now) =>
        state.DueAt <= now || (state.DueAt > now + MaxWait && (state.Status is PaymentStatus.Refunding || state.CreatedAt > now));

    /// <summary>After an unclear answer: as long again as it has taken so far, so that the waits double.</summary>
    public static DateTimeOffset AfterUnclearAnswer(DateTimeOffset since, DateTimeOffset now)
    {
        var age = now - since;
        return now + (age < MinWait ? MinWait : age > MaxWait ? MaxWait : age);
    }

    /// <summary>The next look at a voided payment that the provider knows nothing of; null after the last one.</summary>
    public static DateTimeOffset? AfterNothingFound(DateTimeOffset voidedAt, DateTimeOffset now)
    {
        // If it was voided in the future, the clock was ahead then.
        var since = voidedAt < now ? voidedAt : now;
        foreach (var look in LooksAtVoided)
        {
            if (since + look > now)
                return since + look;
        }

        return null;
    }
}
