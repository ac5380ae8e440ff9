using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Embedded;

/// <summary>The event log in one SQLite file, which all processes of a machine may share. One member of a group reads a topic, others stand by.</summary>
public sealed class SqliteEventLog : IEventLog, IAsyncDisposable, IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly GroupTable _groups;
    private readonly GroupMembers _members;
    private readonly EmbeddedLogOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LogPruner _pruner;

    /// <summary>Opens the log.</summary>
    /// <param name="path">The file; made if it is missing.</param>
    /// <param name="options">The log's settings.</param>
    /// <param name="sqlite">The file's settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where to report.</param>
    public SqliteEventLog(string path, EmbeddedLogOptions options, SqliteOptions sqlite, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _time, _logger) = (options, time, loggers.CreateLogger<SqliteEventLog>());
        var tables = new MigrationSource("log", typeof(SqliteEventLog).Assembly, "Embedded.Migrations");
        _database = new SqliteDatabase(path, sqlite, [tables], time, loggers.CreateLogger<SqliteDatabase>());
        _groups = new GroupTable(_database, time);
        _members = new GroupMembers(_groups, options, time, _logger);
        _pruner = new LogPruner(_database, options, time, _logger);
    }

    /// <summary>Completes when the file is open; everything else waits for it by itself.</summary>
    public Task Opened => _database.Opened;

    /// <summary>How much of the disk it takes, in bytes.</summary>
    public long Size => _database.Bytes;

    /// <inheritdoc/>
    public Task Append(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        var batch = new Batch();
        foreach (var record in records)
            batch.Add("insert into records (topic, key, value) values (@Topic, @Key, @Value)", new { Topic = topic, record.Key, record.Value });

        return _database.Write(batch.OnCommitted(() => _members.Wake(topic)), cancellation);
    }

    /// <inheritdoc/>
    public async Task Consume(
        string topic, string group, Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> handle, CancellationToken cancellation)
    {
        var member = new GroupMember(new Group(topic, group), _groups, _options, _time, _logger);
        _members.Join(member, topic);
        try
        {
            await member.Read(handle, cancellation);
        }
        finally
        {
            _members.Leave(member);
        }
    }

    /// <inheritdoc/>
    public Task<long> Lag(string topic, string group, CancellationToken cancellation) => _groups.Lag(new Group(topic, group), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogRecord>> Newest(string topic, int count, CancellationToken cancellation) => _groups.Newest(topic, count, cancellation);

    /// <inheritdoc/>
    public async Task Rewind(string topic, string group, CancellationToken cancellation)
    {
        await _groups.Rewind(new Group(topic, group), cancellation);
        _members.Wake(topic);
    }

    /// <inheritdoc/>
    public async Task<bool> Erase(IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        await StoredMessages.Erase(_database, "records", "position", keys, cancellation);
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _pruner.DisposeAsync();
        await _members.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
