namespace FoodDelivery.Tests.Support;

/// <summary>A clock that somebody sets, while time goes on as ever.</summary>
public sealed class JumpingClock : TimeProvider
{
    /// <summary>By how much it is ahead, or behind if negative.</summary>
    public TimeSpan Ahead { get; set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
