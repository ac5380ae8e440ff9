namespace FoodDelivery.Stores;

/// <summary>A key that a caller gave a request, so that it can be repeated safely. It belongs to that caller alone.</summary>
/// <param name="Caller">Who asked.</param>
/// <param name="Value">The key.</param>
public sealed record RequestKey(string Caller, string Value);
