using System.ComponentModel.DataAnnotations;

namespace FoodDelivery.Platform.Messaging;

/// <summary>The settings under <c>Messaging</c>.</summary>
public sealed class MessagingOptions
{
    /// <summary>How often an event is tried before it is parked.</summary>
    [Range(1, 100, ErrorMessage = "Messaging:MaxAttempts must be between 1 and 100.")]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How long an event is tried while what fails is not the event but something that it needs.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "Messaging:OutagePatience must be between 0 and 1 day.")]
    public TimeSpan OutagePatience { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an event is tried while what it follows is missing: what comes by a partition that lags.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "Messaging:PredecessorPatience must be between 0 and 1 day.")]
    public TimeSpan PredecessorPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>About how long to wait before the second try; doubled after each.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00", ErrorMessage = "Messaging:FirstRetry must be between 1 ms and 1 minute.")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait between two tries.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ErrorMessage = "Messaging:LongestRetry must be between 1 ms and 10 minutes.")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many keys of one consumer are handled at once.</summary>
    [Range(1, 1024, ErrorMessage = "Messaging:Parallelism must be between 1 and 1024.")]
    public int Parallelism { get; set; } = 64;

    /// <summary>How long one handler may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ErrorMessage = "Messaging:HandlerTimeout must be between 1 ms and 10 minutes.")]
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many events the relay appends at once.</summary>
    [Range(1, 10_000, ErrorMessage = "Messaging:RelayBatch must be between 1 and 10000.")]
    public int RelayBatch { get; set; } = 256;

    /// <summary>After how long another process takes over the outbox of one that has died.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "Messaging:RelayLease must be between 0.1 seconds and 10 minutes.")]
    public TimeSpan RelayLease { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the relay looks for what other processes have put into the outbox; what this one puts there wakes it at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00", ErrorMessage = "Messaging:RelayPoll must be between 1 ms and 1 minute.")]
    public TimeSpan RelayPoll { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a stopping relay goes on emptying the outbox.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Messaging:DrainTimeout must be between 0 and 1 minute.")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long what was published is kept, in case the log loses it; 0: not at all. Shorter than what was handled is remembered, so that what is published
    /// again from it changes nothing where it was handled.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "6.00:00:00", ErrorMessage = "Messaging:KeepPublished must be between 0 and 6 days.")]
    public TimeSpan KeepPublished { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long it is remembered which events were handled, counted from when they happened.</summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "3650.00:00:00", ErrorMessage = "Messaging:KeepHandled must be between 7 and 3650 days.")]
    public TimeSpan KeepHandled { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often what has been kept for long enough is let go.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00", ErrorMessage = "Messaging:PruneInterval must be between 10 ms and 1 day.")]
    public TimeSpan PruneInterval { get; set; } = TimeSpan.FromMinutes(5);

    internal Backoff Backoff => new(FirstRetry, LongestRetry);

    /// <summary>How long what fails so is tried; null if it is the event that fails, of which the tries are counted.</summary>
    internal TimeSpan? Patience(Exception error, bool inOneOrder)
    {
        if (error is PredecessorMissingException)
            return inOneOrder ? null : PredecessorPatience;

        return Outage.Caused(error) ? OutagePatience : null;
    }
}

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
