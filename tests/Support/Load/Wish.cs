namespace FoodDelivery.Tests.Support.Load;

/// <summary>An order that somebody wants to place.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Body">What is posted.</param>
/// <param name="Patient">Whether the caller asks again, with the same key, until there is an answer; else one try is all.</param>
public sealed record Wish(string Key, object Body, bool Patient);

/// <summary>What became of a wish.</summary>
/// <param name="Wish">The wish.</param>
/// <param name="OrderId">The order's number, if it was acknowledged by a 201.</param>
/// <param name="Tries">How often it was posted.</param>
/// <param name="Last">The last answer, or why there was none.</param>
/// <param name="Took">From the moment when it should have been posted to the last answer.</param>
public sealed record Fate(Wish Wish, long? OrderId, int Tries, string Last, TimeSpan Took)
{
    /// <summary>Whether the caller was told that the order exists.</summary>
    public bool Acknowledged => OrderId is not null;
}
