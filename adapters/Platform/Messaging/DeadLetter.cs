namespace FoodDelivery.Platform.Messaging;

/// <summary>An event that a consumer could not handle, or that waits behind one.</summary>
/// <param name="Id">Its place: a page goes on after the last one's.</param>
/// <param name="Consumer">Who could not handle it.</param>
/// <param name="Topic">Where it came from.</param>
/// <param name="Key">The order's number, or whatever else keeps such events in order.</param>
/// <param name="EventId">Its id.</param>
/// <param name="EventType">The full name of its message.</param>
/// <param name="Error">Why, or "behind EVENT".</param>
/// <param name="ParkedAt">Since when.</param>
public sealed record DeadLetter(
    long Id, string Consumer, string Topic, string Key, string EventId, string EventType, string Error, DateTimeOffset ParkedAt);

/// <summary>What a replay has achieved.</summary>
/// <param name="Handled">How many events were handled now.</param>
/// <param name="StillParked">How many of the same consumer (and key) are left.</param>
public sealed record Replayed(int Handled, int StillParked);
