namespace FoodDelivery.Ordering;

/// <summary>Makes a request safe to repeat: the same key of the same caller means the same order.</summary>
/// <param name="Caller">Who asks; keys of different callers have nothing to do with each other.</param>
/// <param name="Key">What the caller calls the request.</param>
public sealed record RequestKey(string Caller, string Key);
