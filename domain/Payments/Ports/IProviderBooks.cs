namespace FoodDelivery.Payments.Ports;

/// <summary>The provider's books, as they can be looked through: what is in them came about with or without us. Deadlines and unclear answers are as for <see cref="IPaymentProvider"/>.</summary>
public interface IProviderBooks
{
    /// <summary>A page of what was charged or given back for orders of ours, oldest first; it may name an order more than once.</summary>
    /// <param name="from">Not what happened before.</param>
    /// <param name="until">Nor what happened then or later.</param>
    /// <param name="after">Where the page before ended; empty for the first.</param>
    /// <param name="limit">How many entries to look at, at the most.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<Result<BooksPage>> List(DateTimeOffset from, DateTimeOffset until, string after, int limit, CancellationToken cancellation);

    /// <summary>What the books say of an order now.</summary>
    Task<Result<BookedCharge>> Look(OrderId order, CancellationToken cancellation);
}

/// <summary>A page of the books.</summary>
/// <param name="Entries">What was listed; an entry tells how things stood then.</param>
/// <param name="Next">Where the page ends; null if it is the last one.</param>
public sealed record BooksPage(IReadOnlyList<BookEntry> Entries, string? Next);

/// <summary>An entry: something was done for an order.</summary>
/// <param name="Order">The order.</param>
/// <param name="State">What was done; null if it was something that is no whole charge or refund.</param>
public sealed record BookEntry(OrderId Order, ChargeState? State);

/// <summary>What the books say of an order's charge.</summary>
/// <param name="Charge">The charge, also where a part of it went back; <see cref="Charge.None"/> if there is none.</param>
/// <param name="Returned">How much of it went back while the rest was kept.</param>
/// <param name="MadeAt">When it was made.</param>
public sealed record BookedCharge(Charge Charge, Money Returned, DateTimeOffset MadeAt)
{
    /// <summary>There is none.</summary>
    public static readonly BookedCharge None = new(Charge.None, Money.Zero, DateTimeOffset.MaxValue);
}
