namespace FoodDelivery.Platform.Messaging;

/// <summary>How long to wait between tries: twice as long each time, up to a limit, and never in step with others.</summary>
/// <param name="First">About the first wait.</param>
/// <param name="Longest">The limit.</param>
public sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>The wait after that many failures in a row, from 1: between half and all of what is due.</summary>
    public TimeSpan After(int failures)
    {
        var due = Math.Min(First.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 30) - 1), Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(due * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
