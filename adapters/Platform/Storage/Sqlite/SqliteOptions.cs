using System.ComponentModel.DataAnnotations;

namespace FoodDelivery.Platform.Storage.Sqlite;

/// <summary>The settings under <c>Sqlite</c>; the defaults suit all that we know.</summary>
public sealed class SqliteOptions
{
    /// <summary>What a completed write has survived.</summary>
    public Durability Durability { get; set; } = Durability.PowerLoss;

    /// <summary>How long a write waits for another process that holds the file.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00", ErrorMessage = "Sqlite:BusyTimeout must be between 0.1 seconds and 5 minutes.")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many batches share one commit at the most.</summary>
    [Range(1, 10_000, ErrorMessage = "Sqlite:GroupLimit must be between 1 and 10000.")]
    public int GroupLimit { get; set; } = 256;

    /// <summary>How many batches wait for the writer before their callers wait for room.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Sqlite:QueueLimit must be between 1 and 1000000.")]
    public int QueueLimit { get; set; } = 4096;

    /// <summary>How many queries run at once.</summary>
    [Range(1, 256, ErrorMessage = "Sqlite:Readers must be between 1 and 256.")]
    public int Readers { get; set; } = 16;
}

/// <summary>What a completed write has survived.</summary>
public enum Durability
{
    /// <summary>A power cut: every commit waits for the disk.</summary>
    PowerLoss,

    /// <summary>The end of the process, but not of the machine: for what can be made again.</summary>
    ProcessExit,
}
