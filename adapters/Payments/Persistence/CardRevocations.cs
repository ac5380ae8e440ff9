using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Payments.Persistence;

/// <summary>The cards that were removed here and that the provider has to forget as well.</summary>
internal sealed class CardRevocations(IDatabase database, TimeProvider clock)
{
    /// <summary>The longest wait between two tries.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

    private static readonly TimeSpan MinWait = TimeSpan.FromSeconds(1);

    /// <summary>Set when there is one more.</summary>
    public Signal Noted { get; } = new();

    /// <summary>Adds the customer's card to a batch, before the statement that removes it.</summary>
    public void Note(Batch batch, string customer) => batch
        .Add(
            """
            insert into card_revocations (billing_key, customer_id, since, due_at)
            select billing_key, customer_id, @Now, @Now from customer_cards where customer_id = @Customer
            on conflict (billing_key) do nothing
            """,
            new { Customer = customer, Now = clock.GetUtcNow().ToUnixTimeMilliseconds() })
        .OnCommitted(Noted.Set);

    /// <summary>Those that are due now; also what is due further ahead than it can have been meant, when the clock was set back.</summary>
    public Task<IReadOnlyList<CardRevocation>> Due(int limit, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return database.Query<CardRevocation>(
            """
            select billing_key as BillingKey, customer_id as CustomerId, since as Since from card_revocations
            where due_at <= @Now or due_at > @Furthest order by due_at limit @Limit
            """,
            new { Now = now.ToUnixTimeMilliseconds(), Furthest = (now + MaxWait).ToUnixTimeMilliseconds(), Limit = limit },
            cancellation);
    }

    /// <summary>Tries again after as long as it has taken so far, so that the waits double.</summary>
    public Task PutOff(CardRevocation revocation, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var age = now - revocation.Noted;
        return database.Write(
            new Batch().Add(
                "update card_revocations set due_at = @DueAt where billing_key = @BillingKey",
                new { revocation.BillingKey, DueAt = (now + (age < MinWait ? MinWait : age > MaxWait ? MaxWait : age)).ToUnixTimeMilliseconds() }),
            cancellation);
    }

    /// <summary>The provider has forgotten it: so do we.</summary>
    public Task End(CardRevocation revocation, CancellationToken cancellation) => database.Write(
        new Batch().Erasing().Add("delete from card_revocations where billing_key = @BillingKey", new { revocation.BillingKey }), cancellation);
}

/// <summary>A card that is to be forgotten.</summary>
internal sealed class CardRevocation
{
    /// <summary>What the provider calls it, as it was kept: encrypted.</summary>
    public string BillingKey { get; init; } = "";

    /// <summary>Whose it was, which it was encrypted for.</summary>
    public string CustomerId { get; init; } = "";

    /// <summary>When it was removed, in milliseconds since 1970.</summary>
    public long Since { get; init; }

    /// <summary>When it was removed.</summary>
    public DateTimeOffset Noted => DateTimeOffset.FromUnixTimeMilliseconds(Since);
}
