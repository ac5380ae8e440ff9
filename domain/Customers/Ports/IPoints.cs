namespace FoodDelivery.Customers.Ports;

/// <summary>The points' store.</summary>
public interface IPoints
{
    /// <summary>What an order has brought so far.</summary>
    Task<OrderPoints> Of(OrderId order, CancellationToken cancellation);

    /// <summary>Keeps an order's changes and the account's new sum, together; without effect for a message that has had its effect.</summary>
    /// <exception cref="ConcurrencyException">Somebody else was faster.</exception>
    Task Save(OrderPoints points, MessageContext context, CancellationToken cancellation);

    /// <summary>A member's points, and a page of their history by its number from 0, newest first.</summary>
    Task<PointsAccount> Account(MembershipNumber member, long page, int size, CancellationToken cancellation);
}
