using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

/// <summary>On what terms a store sells, as of a revision.</summary>
/// <param name="Store">Which store.</param>
/// <param name="Revision">Counts the store's changes.</param>
public sealed record StoreTerms(StoreId Store, long Revision)
{
    /// <summary>When it is open.</summary>
    public OpeningHours Hours { get; init; } = OpeningHours.Always;

    /// <summary>The least that the dishes of an order come to.</summary>
    public Money MinimumOrder { get; init; }

    /// <summary>What is added to what the dishes cost.</summary>
    public Money DeliveryFee { get; init; }

    /// <summary>Whether it has paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>When its pause ends by itself; null: when it is resumed.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Whether it has closed for good.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Of a store that has said nothing of them: always open, without fee and minimum.</summary>
    public static StoreTerms Unsaid(StoreId store) => new(store, Revision: 0);

    /// <summary>Why an order for dishes of that price is not taken, and from when on it would be; or null.</summary>
    internal Error? Refusal(Money items, DateTimeOffset now)
    {
        if (IsClosed)
            return Because("STORE_CLOSED_FOR_GOOD", $"Store {Store} has closed for good.");

        if (IsPaused && (PausedUntil is not { } until || now < until))
            return Because("STORE_PAUSED", $"Store {Store} takes no orders at the moment.", PausedUntil is { } end ? Hours.OpenFrom(end) : null);

        if (!Hours.IsOpen(now))
            return Because("STORE_CLOSED", $"Store {Store} is closed now.", Hours.OpenFrom(now));

        return items >= MinimumOrder
            ? null
            : Error.Conflict("BELOW_MINIMUM", $"Store {Store} takes orders from {MinimumOrder} on; the dishes come to {items}.") with
            {
                Field = "items", Expected = MinimumOrder.Won.ToString(),
            };
    }

    private static Error Because(string reason, string message, DateTimeOffset? opensAt = null) =>
        Error.Conflict(reason, message) with { Field = "storeId", OpensAt = opensAt };
}

/// <summary>A store sells on other terms.</summary>
/// <param name="Terms">All of them.</param>
public sealed record StoreChanged(StoreTerms Terms);

/// <summary>Keeps the replica of the stores' terms up to date, beside their menus.</summary>
public sealed class ReplicateStoresHandler(IMenus menus)
{
    /// <summary>Takes a store's new terms over.</summary>
    public Task Handle(StoreChanged happened, MessageContext cause, CancellationToken cancellation) => menus.Replace(happened.Terms, cause, cancellation);
}
