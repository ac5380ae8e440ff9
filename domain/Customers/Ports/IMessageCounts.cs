namespace FoodDelivery.Customers.Ports;

/// <summary>Counts messages.</summary>
public interface IMessageCounts
{
    /// <summary>Counts one more under each of these, or under none if one of them has no room.</summary>
    /// <returns>One without room; null if it was counted.</returns>
    Task<Allowance?> Take(IReadOnlyList<Allowance> allowances, CancellationToken cancellation);
}
