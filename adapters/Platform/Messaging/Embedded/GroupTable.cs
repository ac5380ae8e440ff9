using System.Text;
using Dapper;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Platform.Messaging.Embedded;

/// <summary>A group of consumers of one topic.</summary>
internal readonly record struct Group(string Topic, string Name);

/// <summary>What a member is given: whether it may read still, and the next records.</summary>
/// <param name="IsActive">Whether it is the one member that reads.</param>
/// <param name="Epoch">How often the group was rewound.</param>
/// <param name="Last">The position of the last record.</param>
/// <param name="Records">The next records; empty at the end.</param>
internal sealed record FetchResult(bool IsActive, long Epoch, long Last, IReadOnlyList<LogRecord> Records);

/// <summary>The SQL of groups and of reading.</summary>
internal sealed class GroupTable(IDatabase database, TimeProvider time)
{
    private const string Take =
        """
        insert into consumer_groups (topic, name, position, epoch, member, lease_until) values (@Topic, @Name, 0, 0, @Member, @Until)
        on conflict (topic, name) do update set member = excluded.member, lease_until = excluded.lease_until
        where consumer_groups.member is null or consumer_groups.member = excluded.member
            or consumer_groups.lease_until <= @Now or consumer_groups.lease_until > @Furthest
        """;

    private const string Advance =
        """
        update consumer_groups set position = @Position, lease_until = @Until
        where topic = @Topic and name = @Name and member = @Member and epoch = @Epoch
        """;

    private const string Unfinished =
        """
        select count(*) from records where topic = @Topic
        and position > coalesce((select position from consumer_groups where topic = @Topic and name = @Name), 0)
        """;

    private const string Back =
        """
        insert into consumer_groups (topic, name, position, epoch, member, lease_until) values (@Topic, @Name, 0, 1, null, 0)
        on conflict (topic, name) do update set position = 0, epoch = consumer_groups.epoch + 1
        """;

    /// <summary>
    /// Makes a member the active one, if there is none or its lease has run out. One that ends later than a lease that was just taken could, and as long again for
    /// clocks that differ, is from before the clock was set back, and counts as run out.
    /// </summary>
    public async Task<bool> TryTake(Group group, string member, TimeSpan lease, CancellationToken cancellation)
    {
        // A look before the try: a member that stands by writes nothing.
        var (now, furthest) = (Milliseconds(TimeSpan.Zero), Milliseconds(2 * lease));
        var free = await database.Read(
            connection => connection.ExecuteScalarAsync<long>(
                "select count(*) from consumer_groups where topic = @Topic and name = @Name and member is not null and member <> @Member and lease_until > @Now and lease_until <= @Furthest",
                new { group.Topic, group.Name, Member = member, Now = now, Furthest = furthest }),
            cancellation) == 0;
        return free && await database.Write(
            new Batch().Require(Take, new { group.Topic, group.Name, Member = member, Until = Milliseconds(lease), Now = now, Furthest = furthest }),
            cancellation) == WriteResult.Done;
    }

    public Task<FetchResult> Fetch(Group group, string member, int limit, CancellationToken cancellation) => database.Read(
        async connection =>
        {
            var state = await connection.QueryFirstOrDefaultAsync<State>(
                "select position, epoch, member from consumer_groups where topic = @Topic and name = @Name", new { group.Topic, group.Name });
            if (state is null || !string.Equals(state.Member, member, StringComparison.Ordinal))
                return new FetchResult(IsActive: false, 0, 0, []);

            var rows = (await connection.QueryAsync<Row>(
                "select position, cast(key as blob) as key, cast(value as blob) as value from records where topic = @Topic and position > @Position order by position limit @Limit",
                new { group.Topic, state.Position, Limit = limit })).AsList();
            return new FetchResult(
                IsActive: true, state.Epoch, rows.Count == 0 ? state.Position : rows[^1].Position, [.. rows.Select(static row => row.Record())]);
        },
        cancellation);

    /// <summary>Moves the group on, unless the member is not the active one any more, or the group was rewound since it was fetched.</summary>
    public async Task<bool> TryAdvance(Group group, string member, FetchResult fetched, TimeSpan lease, CancellationToken cancellation) =>
        await database.Write(
            new Batch().Require(Advance, new { group.Topic, group.Name, Member = member, fetched.Epoch, Position = fetched.Last, Until = Milliseconds(lease) }),
            cancellation) == WriteResult.Done;

    /// <summary>Holds the lease on; false if it is lost.</summary>
    public async Task<bool> TryRenew(Group group, string member, TimeSpan lease, CancellationToken cancellation) =>
        await database.Write(
            new Batch().Require(
                "update consumer_groups set lease_until = @Until where topic = @Topic and name = @Name and member = @Member",
                new { group.Topic, group.Name, Member = member, Until = Milliseconds(lease) }),
            cancellation) == WriteResult.Done;

    public Task Release(Group group, string member, CancellationToken cancellation) => database.Write(
        new Batch().Add(
            "update consumer_groups set member = null, lease_until = 0 where topic = @Topic and name = @Name and member = @Member",
            new { group.Topic, group.Name, Member = member }),
        cancellation);

    public Task<long> Lag(Group group, CancellationToken cancellation) => database.Read(
        connection => connection.ExecuteScalarAsync<long>(Unfinished, new { group.Topic, group.Name }), cancellation);

    public Task Rewind(Group group, CancellationToken cancellation) =>
        database.Write(new Batch().Add(Back, new { group.Topic, group.Name }), cancellation);

    public Task<IReadOnlyList<LogRecord>> Newest(string topic, int count, CancellationToken cancellation) => database.Read<IReadOnlyList<LogRecord>>(
        async connection =>
        {
            var rows = await connection.QueryAsync<Row>(
                "select position, cast(key as blob) as key, cast(value as blob) as value from records where topic = @Topic order by position desc limit @Count",
                new { Topic = topic, Count = count });
            return [.. rows.Select(static row => row.Record())];
        },
        cancellation);

    public Task<long> End(CancellationToken cancellation) => database.Read(
        static connection => connection.ExecuteScalarAsync<long>("select coalesce(max(position), 0) from records"), cancellation);

    private long Milliseconds(TimeSpan fromNow) => (time.GetUtcNow() + fromNow).ToUnixTimeMilliseconds();

    private sealed record State(long Position, long Epoch, string? Member);

    // As bytes, whatever type a record was written with: as a text it would end at a NUL, and one of another type would fail the whole batch.
    private sealed record Row(long Position, byte[] Key, byte[] Value)
    {
        public LogRecord Record() => new(Encoding.UTF8.GetString(Key), Value);
    }
}
