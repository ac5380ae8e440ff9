namespace FoodDelivery.Payments;

/// <summary>When unfinished business with the provider is looked at again.</summary>
internal static class Reminders
{
    /// <summary>Whoever has taken a payment in hand is left alone with it for so long: longer than a call to the provider may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long after an order was given up the provider is asked whether it was charged after all. A request to charge that was under way
    /// at that moment ends within seconds; the later looks are for a provider or a network that delivers it absurdly late.
    /// </summary>
    private static readonly TimeSpan[] LooksAtVoided =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24),
    ];

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>After an unclear answer: as long again as it has taken so far, so that the waits double.</summary>
    public static DateTimeOffset AfterUnclearAnswer(DateTimeOffset since, DateTimeOffset now)
    {
        var age = now - since;
        return now + (age < Shortest ? Shortest : age > Longest ? Longest : age);
    }

    /// <summary>The next look at a voided payment that the provider knows nothing of; null after the last one.</summary>
    public static DateTimeOffset? AfterNothingFound(DateTimeOffset voidedAt, DateTimeOffset now)
    {
        foreach (var look in LooksAtVoided)
            if (voidedAt + look > now)
                return voidedAt + look;

        return null;
    }
}
