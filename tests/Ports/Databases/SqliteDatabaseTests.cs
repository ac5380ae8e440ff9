using System.Data.Common;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Ports.Databases;

public sealed class SqliteDatabaseTests : DatabaseSuite, IDisposable
{
    private const string Insert = "insert into accounts (name, balance, version) values (@Name, 1, 1)";
    private readonly DataFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "ports.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_other_user_may_read_the_files(bool thereBefore)
    {
        if (OperatingSystem.IsWindows())
            return;

        if (thereBefore)
        {
            await System.IO.File.WriteAllBytesAsync(File, []);
            System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        var database = await Opened();
        await database.Write(new Batch().Add(Insert, new { Name = "mine" }), default);

        foreach (var file in Directory.GetFiles(_folder.Path, "ports.db*"))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_batch_that_costs_its_group_the_transaction_fails_alone()
    {
        var database = await Opened();
        await database.Write(new Batch().Add(Insert, new { Name = "taken" }), default);

        var writes = Enumerable.Range(0, 100).Select(number => number % 10 == 5
            ? database.Write(new Batch().Add("insert or rollback into accounts (name, balance, version) values ('taken', 1, 1)"), default)
            : database.Write(new Batch().Add(Insert, new { Name = $"n{number}" }), default)).ToList();
        await Record.ExceptionAsync(() => Task.WhenAll(writes));

        Assert.Equal(10, writes.Count(static write => write.IsFaulted));
        Assert.Equal(91, (await Accounts(database)).Count);
    }

    [Fact]
    public async Task A_write_is_taken_back_while_it_waits_and_not_after()
    {
        var database = await Opened();
        using var cancel = new CancellationTokenSource();
        Task<WriteResult> started, waiting;
        await using (await Locked())
        {
            started = database.Write(new Batch().Add(Insert, new { Name = "started" }), default);
            await Task.Delay(50);
            waiting = database.Write(new Batch().Add(Insert, new { Name = "waiting" }), cancel.Token);
            await cancel.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(WriteResult.Done, await started);
        Assert.Equal([("started", 1L)], await Accounts(database));
    }

    [Fact]
    public async Task A_full_file_is_an_outage_that_passes_and_no_fault_of_who_writes()
    {
        var database = await Opened();
        await database.Write(new Batch().Add(Insert, new { Name = "before" }), default);
        await database.WriteOne<long>("pragma max_page_count = 1", new { }, default);

        var writes = Enumerable.Range(0, 10).Select(number =>
            database.Write(new Batch().Add(Insert, new { Name = $"{number}{new string('x', 100_000)}" }), default)).ToList();
        foreach (var write in writes)
            Assert.True((await Assert.ThrowsAnyAsync<DbException>(() => write)).IsTransient);
        await database.WriteOne<long>("pragma max_page_count = 100000", new { }, default);

        Assert.Equal(WriteResult.Done, await database.Write(new Batch().Add(Insert, new { Name = "after" }), default));
        Assert.Equal(["after", "before"], (await Accounts(database)).Select(static account => account.Item1).Order(StringComparer.Ordinal));
    }

    /// <summary>As where the disk is mounted anew for reading alone, or is full: queries succeed.</summary>
    [Fact]
    public async Task A_file_that_takes_no_writes_is_an_outage_and_not_ready()
    {
        var database = await Opened(new SqliteOptions());
        Assert.True(await database.IsWritable(default));
        await database.WriteOne<long>("pragma query_only = on", new { }, default);

        var away = await Assert.ThrowsAnyAsync<DbException>(() => database.Write(new Batch().Add(Insert, new { Name = "a" }), default));

        Assert.True(away.IsTransient, away.Message);
        Assert.False(await database.IsWritable(default));
        Assert.Empty(await Accounts(database));
    }

    [Fact]
    public async Task A_statement_that_is_wrong_is_no_outage()
    {
        var database = await Opened();
        await database.Write(new Batch().Add(Insert, new { Name = "taken" }), default);

        Assert.False((await Assert.ThrowsAnyAsync<DbException>(() => database.Write(new Batch().Add(Insert, new { Name = "taken" }), default))).IsTransient);
        Assert.False((await Assert.ThrowsAnyAsync<DbException>(() => database.WriteOne<long>("select nothing", new { }, default))).IsTransient);
    }

    [Fact]
    public async Task A_lock_that_another_process_keeps_ends_in_a_timeout_and_then_all_is_well()
    {
        var database = await Opened(new SqliteOptions { BusyTimeout = TimeSpan.FromMilliseconds(200) });
        await using (await Locked())
        {
            await Assert.ThrowsAsync<TimeoutException>(() => database.Write(new Batch().Add(Insert, new { Name = "a" }), default));
            Assert.Empty(await Accounts(database));
        }

        Assert.Equal(WriteResult.Done, await database.Write(new Batch().Add(Insert, new { Name = "a" }), default));
        await Close(database);
    }

    [Theory]
    [InlineData(Durability.PowerLoss, 2)]
    [InlineData(Durability.ProcessExit, 0)]
    public async Task A_commit_waits_for_the_disk_unless_told_otherwise(Durability durability, long synchronous)
    {
        var database = await Opened(new SqliteOptions { Durability = durability });

        Assert.Equal(synchronous, await database.WriteOne<long>("select synchronous from pragma_synchronous", new { }, default));
        Assert.Equal("wal", await database.WriteOne<string>("select journal_mode from pragma_journal_mode", new { }, default));
        await Close(database);
    }

    [Fact]
    public async Task A_reader_cannot_write()
    {
        var database = await Opened();

        await Assert.ThrowsAsync<SqliteException>(() => database.Read(
            static connection => Dapper.SqlMapper.ExecuteAsync(connection, "delete from accounts"), default));
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_names_the_setting()
    {
        await using var database = New(Path.Combine(_folder.Path, "no", "such", "folder.db"), new SqliteOptions());

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => database.Opened);

        Assert.Contains("Data:Directory", error.Message, StringComparison.Ordinal);
    }

    protected override async Task<IDatabase> OpenAnother() => await Opened(new SqliteOptions());

    protected override async Task Close(IDatabase database) => await ((SqliteDatabase)database).DisposeAsync();

    private static SqliteDatabase New(string file, SqliteOptions options) => new(
        file,
        options,
        [new MigrationSource("ports", typeof(SqliteDatabaseTests).Assembly, "Databases.Migrations")],
        TimeProvider.System,
        NullLogger<SqliteDatabase>.Instance);

    private async Task<SqliteDatabase> Opened(SqliteOptions options)
    {
        var database = New(File, options);
        await database.Opened;
        return database;
    }

    private async Task<SqliteConnection> Locked()
    {
        var other = new SqliteConnection($"Data Source={File};Pooling=False");
        await other.OpenAsync();
        await Dapper.SqlMapper.ExecuteAsync(other, "begin immediate");
        return other;
    }
}
