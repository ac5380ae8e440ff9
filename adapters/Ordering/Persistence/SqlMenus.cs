using Dapper;
using FoodDelivery.Adapters.Ordering.Messaging;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Rebuilding;
using FoodDelivery.Platform.Storage;
using Google.Protobuf;
using Proto = FoodDelivery.Protos.Store.V1;

namespace FoodDelivery.Adapters.Ordering.Persistence;

/// <summary>
/// The replica of the menus and of the stores' terms in the service's own database, read through a snapshot in memory: new as soon as this process has changed
/// the replica, and at most a second old if another one has.
/// </summary>
internal sealed class SqlMenus(IDatabase database, TimeProvider clock) : IMenus, IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);
    private const string CaughtUp = "exists (select 1 from menus_caught_up)";

    private readonly SemaphoreSlim _loading = new(1);
    private volatile Snapshot? _snapshot;
    private int _changes;

    public async ValueTask<MenuReplica> Current(CancellationToken cancellation)
    {
        if (Fresh() is { } known)
            return known.Menus;

        await _loading.WaitAsync(cancellation);
        try
        {
            return (Fresh() ?? (_snapshot = await Load(cancellation))).Menus;
        }
        finally
        {
            _loading.Release();
        }
    }

    public async Task Replace(Menu menu, MessageContext cause, CancellationToken cancellation)
    {
        // No inbox entry: the revision alone makes a repeated or late event harmless.
        var batch = new Batch().Add(
            """
            insert into menus (store_id, revision, menu) values (@Store, @Revision, @Menu)
            on conflict (store_id) do update set revision = excluded.revision, menu = excluded.menu where excluded.revision > menus.revision
            """,
            new { Store = menu.Store.Value, menu.Revision, Menu = menu.ToProto().ToByteArray() });
        await database.Write(batch.OnCommitted(Changed), cancellation);
    }

    public async Task Replace(StoreTerms terms, MessageContext cause, CancellationToken cancellation)
    {
        var batch = new Batch().Add(
            """
            insert into store_terms (store_id, revision, terms) values (@Store, @Revision, @Terms)
            on conflict (store_id) do update set revision = excluded.revision, terms = excluded.terms where excluded.revision > store_terms.revision
            """,
            new { Store = terms.Store.Value, terms.Revision, Terms = terms.ToProto().ToByteArray() });
        await database.Write(batch.OnCommitted(Changed), cancellation);
    }

    /// <summary>How many menus the replica holds, caught up or not.</summary>
    public Task<long> Count(CancellationToken cancellation) => database.Read(
        connection => connection.ExecuteScalarAsync<long>(new CommandDefinition("select count(*) from menus", cancellationToken: cancellation)),
        cancellation);

    /// <summary>Whether the replica has caught up once, with the terms too: those a version before has passed by, and it has sold without them.</summary>
    public Task<bool> HasCaughtUp(CancellationToken cancellation) => database.Read(
        connection => connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            $"select {CaughtUp} and exists (select 1 from store_terms_caught_up)", cancellationToken: cancellation)),
        cancellation);

    /// <summary>Remembers for ever that the replica has caught up once.</summary>
    public Task MarkCaughtUp(CancellationToken cancellation)
    {
        var now = new { At = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        return database.Write(
            new Batch()
                .Add("insert into menus_caught_up (id, at) values (1, @At) on conflict (id) do nothing", now)
                .Add("insert into store_terms_caught_up (id, at) values (1, @At) on conflict (id) do nothing", now)
                .OnCommitted(Changed),
            cancellation);
    }

    public void Dispose() => _loading.Dispose();

    private Snapshot? Fresh() =>
        _snapshot is { } known && known.Changes == Volatile.Read(ref _changes) && clock.GetElapsedTime(known.At) < MaxAge ? known : null;

    private async Task<Snapshot> Load(CancellationToken cancellation)
    {
        var (at, changes) = (clock.GetTimestamp(), Volatile.Read(ref _changes));

        // Revisions only grow, so their sum tells whether anything is new without reading it all.
        var revisions = await database.Read(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition(
                $"""
                select coalesce(sum(revision), 0)
                from (select revision from menus union all select revision from store_terms) as known where {CaughtUp}
                """,
                cancellationToken: cancellation)),
            cancellation);
        if (_snapshot is { } known && known.Revisions == revisions)
            return known with { At = at, Changes = changes };

        var menus = await database.Read(
            connection => connection.QueryAsync<byte[]>(new CommandDefinition($"select menu from menus where {CaughtUp}", cancellationToken: cancellation)),
            cancellation);
        var terms = await database.Read(
            connection => connection.QueryAsync<byte[]>(new CommandDefinition("select terms from store_terms", cancellationToken: cancellation)),
            cancellation);
        return new Snapshot(at, changes, revisions, new MenuReplica(
            menus.Select(static menu => Proto.Menu.Parser.ParseFrom(menu).ToMenu()), terms.Select(static own => Proto.Store.Parser.ParseFrom(own).ToTerms())));
    }

    private void Changed() => Interlocked.Increment(ref _changes);

    private sealed record Snapshot(long At, int Changes, long Revisions, MenuReplica Menus);
}

/// <summary>
/// Opens the replica of the menus for sale once it has caught up, holds something, and has stopped growing: stores that are opened together, as on
/// a system's first start, are sold from together. Where the consumer has read the menus into a database that is lost, they are read again.
/// </summary>
internal sealed class MenuReplicaInitializer(ConsumerProgress progress, TopicReplay replay, SqlMenus menus, TimeProvider clock)
{
    private const string Group = "ordering-menus-again";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the replica is not open yet.</summary>
    public async Task<bool> IsAwaited(CancellationToken cancellation) => !await menus.HasCaughtUp(cancellation);

    /// <summary>Opens it.</summary>
    public async Task<bool> Initialize(CancellationToken cancellation)
    {
        if (!await replay.IsUnread(Topics.Store, OrderingConsumers.Menus, cancellation))
            await replay.Run(Topics.Store, Group, new EventHandlers().Replicate(), cancellation);

        await progress.CaughtUp(OrderingConsumers.Menus).WaitAsync(cancellation);
        var (known, now) = (0L, await menus.Count(cancellation));
        while (now == 0 || now > known)
        {
            await Task.Delay(Interval, clock, cancellation);
            (known, now) = (now, await menus.Count(cancellation));
        }

        await menus.MarkCaughtUp(cancellation);
        return true;
    }
}
