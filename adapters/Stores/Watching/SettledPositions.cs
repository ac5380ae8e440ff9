namespace FoodDelivery.Adapters.Stores.Watching;

/// <summary>
/// Which positions may be told. A database gives positions out before the transactions that took them commit, so that a later one can be
/// seen before an earlier one; some are never used at all. What is missing is waited for, but not for long.
/// </summary>
internal sealed class SettledPositions(long start, TimeSpan patience, TimeProvider clock)
{
    private (long Position, long Since)? _awaited;

    /// <summary>The last that may be told, with all before it.</summary>
    public long Last { get; private set; } = start;

    /// <summary>Whether something is missing before a position that has been seen.</summary>
    public bool IsWaiting => _awaited is not null;

    /// <summary>Takes the positions after <see cref="Last"/> that can be seen, ascending, and says how many of them may be told now.</summary>
    public int Admit(IReadOnlyList<long> seen)
    {
        var passable = _awaited is { } awaited && clock.GetElapsedTime(awaited.Since) >= patience ? awaited.Position : Last;
        var admitted = 0;
        while (admitted < seen.Count && (seen[admitted] == Last + 1 || seen[admitted] <= passable))
            Last = seen[admitted++];

        if (admitted == seen.Count)
        {
            _awaited = null;
        }
        else if (_awaited is null || Last >= _awaited.Value.Position)
        {
            _awaited = (seen[^1], clock.GetTimestamp());
        }

        return admitted;
    }
}
