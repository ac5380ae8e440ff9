using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering.ReadingOrders;

/// <summary>Some orders, newest first.</summary>
/// <param name="Orders">The orders.</param>
/// <param name="HasMore">Whether older ones follow.</param>
public sealed record OrderPage(IReadOnlyList<Order> Orders, bool HasMore);

/// <summary>Shows many orders, newest first.</summary>
public sealed class ListingOrders(IOrders orders)
{
    /// <summary>The most orders that one page may have.</summary>
    public const int MaxPage = 1000;

    /// <summary>How far orders are counted, and how many a page may leave out: beyond, either would cost a scan.</summary>
    public const int MaxCount = 10_000;

    /// <summary>A page of orders.</summary>
    public async Task<Outcome<OrderPage>> Handle(OrderSelection selection, CancellationToken cancellation)
    {
        if (selection.Take is < 1 or > MaxPage)
        {
            return Rejection.Invalid("size", $"size is {selection.Take}; it must be 1 to {MaxPage}.");
        }

        if (selection.Skip is < 0 or > MaxCount)
        {
            return Rejection.Invalid("page", $"The page begins after {selection.Skip} orders; at most {MaxCount} can be left out.");
        }

        if (FreeText.Flaw("customerId", selection.Customer ?? "") is { } flaw)
        {
            return flaw;
        }

        // One more than asked for tells whether there is more.
        var found = await orders.List(selection with { Take = selection.Take + 1 }, cancellation);
        return new OrderPage([.. found.Take(selection.Take)], found.Count > selection.Take);
    }

    /// <summary>How many orders there are, <see cref="MaxCount"/> standing for that many or more.</summary>
    public Task<int> Count(string? customer, CancellationToken cancellation) => orders.Count(customer, MaxCount, cancellation);
}
