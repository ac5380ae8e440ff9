namespace FoodDelivery.Platform.Messaging.Embedded.Sharing;

/// <summary>
/// One open log per file and process, however many services the process hosts: they share its writer's commits instead of waiting
/// for each other's file locks, and wake each other's readers at once.
/// </summary>
internal static class SharedLogs
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Entry> Open = new(StringComparer.Ordinal);

    public static SqliteEventLog Acquire(string path, Func<SqliteEventLog> open)
    {
        lock (Gate)
        {
            if (!Open.TryGetValue(path, out var entry))
                Open.Add(path, entry = new Entry(open()));

            entry.Users++;
            return entry.Log;
        }
    }

    public static ValueTask Release(string path)
    {
        lock (Gate)
        {
            var entry = Open[path];
            if (--entry.Users > 0)
                return ValueTask.CompletedTask;

            Open.Remove(path);
            return entry.Log.DisposeAsync();
        }
    }

    private sealed class Entry(SqliteEventLog log)
    {
        public SqliteEventLog Log { get; } = log;

        public int Users { get; set; }
    }
}
