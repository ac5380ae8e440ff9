namespace FoodDelivery.Customers.WatchingOrder;

/// <summary>Asks to be told of an order's changes until it has come to an end.</summary>
/// <param name="OrderId">The order's number; one that the view does not know yet is waited for.</param>
/// <param name="AfterVersion">The last version seen, to resume after it; null for the current state first, then what follows.</param>
public sealed record WatchOrder(OrderId OrderId, long? AfterVersion);

/// <summary>An order that is being watched from the moment that its changes are enumerated.</summary>
/// <param name="Changes">Each change once and in order, as it happens; ends with a final status.</param>
public sealed record WatchedOrder(IAsyncEnumerable<StatusChange> Changes);
