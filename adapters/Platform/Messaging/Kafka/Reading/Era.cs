using System.Diagnostics.CodeAnalysis;

namespace FoodDelivery.Platform.Messaging.Kafka.Reading;

/// <summary>The time of a group between two rewinds.</summary>
/// <param name="position">The rewind's place in the list of rewinds; -1 before the first.</param>
/// <param name="group">The group's name.</param>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer, and members may still look at its token.")]
internal sealed class Era(long position, string group)
{
    private readonly CancellationTokenSource _over = new();

    public long Position => position;

    /// <summary>What the brokers know the group as: each era is a group of its own, which therefore starts at the beginning.</summary>
    public string Group => position < 0 ? group : $"{group}.{position}";

    /// <summary>Cancelled by the next rewind.</summary>
    public CancellationToken Over => _over.Token;

    public void End() => _over.Cancel();
}
