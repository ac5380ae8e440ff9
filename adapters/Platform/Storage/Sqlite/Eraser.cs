using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Storage.Sqlite;

/// <summary>
/// Lets what was erased leave the file, too. A deleted row is overwritten with zeros at once, but its pages are still in the write-ahead log, and a page whose
/// rows once moved to another keeps a copy that belongs to no row. Soon after an erasing batch the file is written anew, unless it is too large for that to
/// hold up the writers, and the log is emptied. The writer's thread alone uses it.
/// </summary>
internal sealed partial class Eraser(SqliteConnection connection, string path, SqliteOptions options, TimeProvider clock, ILogger logger)
{
    /// <summary>How often to look whether it is time.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    // Erasures come in flocks, an order each: one rewriting does for all of them.
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);
    private const int Mega = 1024 * 1024;

    private long? _since;
    private bool _compacted;

    /// <summary>Whether something was erased that may still be in the file.</summary>
    public bool IsWaiting => _since is not null;

    /// <summary>Whether it has waited for long enough.</summary>
    public bool IsDue => _since is { } since && clock.GetElapsedTime(since) >= Gathering;

    /// <summary>Looks whether what was just executed erases.</summary>
    public void Note(List<WriteRequest> group)
    {
        if (!group.Exists(static request => request.IsErasing))
            return;

        _since ??= clock.GetTimestamp();
        _compacted = false;
    }

    /// <summary>Erases; what fails, or is in the way of a reader, is tried again later. Does not throw.</summary>
    public void Erase()
    {
        _since = clock.GetTimestamp();
        try
        {
            if (!_compacted && new FileInfo(path).Length <= options.CompactUpToMegabytes * (long)Mega)
                connection.Execute("vacuum");

            _compacted = true;
            if (connection.ExecuteScalar<long>("pragma wal_checkpoint(truncate)") == 0)
                _since = null;
        }
        catch (Exception error) when (error is SqliteException or IOException)
        {
            LogWaits(logger, path, error);
        }
    }

    /// <summary>Nothing more is written: what is left to do is done now.</summary>
    public void Finish()
    {
        if (IsWaiting)
            Erase();
    }

    [LoggerMessage(LogLevel.Warning, "What was erased may still be in the file {Path}; it is tried again")]
    private static partial void LogWaits(ILogger logger, string path, Exception error);
}
