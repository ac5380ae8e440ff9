using Dapper;
using FoodDelivery.Adapters.Stores.Messaging;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Adapters.Stores.Persistence;

/// <summary>The stores in a relational database.</summary>
internal sealed class SqlStores(IDatabase database, Outbox outbox) : IStores
{
    private const string Columns =
        """
        store_id as StoreId, name as Name, kind as Kind, cancellation_rule as CancellationRule, revision as Revision, owner as Owner, phone as Phone,
        address as Address, picture as Picture, minimum_order as MinimumOrder, delivery_fee as DeliveryFee, time_zone as TimeZone, hours as Hours,
        closed_days as ClosedDays, auto_accept as AutoAccept, answer_within as AnswerWithin, paused as Paused, paused_until as PausedUntil, closed as Closed,
        fingerprint as Fingerprint
        """;

    private const string Insert =
        """
        insert into stores (store_id, name, kind, cancellation_rule, revision, owner, phone, address, picture, minimum_order, delivery_fee, time_zone, hours,
            closed_days, auto_accept, answer_within, paused, paused_until, closed, caller, idempotency_key, fingerprint)
        values (@StoreId, @Name, @Kind, @CancellationRule, @Revision, @Owner, @Phone, @Address, @Picture, @MinimumOrder, @DeliveryFee, @TimeZone, @Hours,
            @ClosedDays, @AutoAccept, @AnswerWithin, @Paused, @PausedUntil, @Closed,
            @Caller, @IdempotencyKey, @Fingerprint)
        on conflict do nothing
        """;

    private const string Update =
        """
        update stores set name = @Name, kind = @Kind, cancellation_rule = @CancellationRule, revision = @Revision, owner = @Owner, phone = @Phone,
            address = @Address, picture = @Picture, minimum_order = @MinimumOrder, delivery_fee = @DeliveryFee, time_zone = @TimeZone, hours = @Hours,
            closed_days = @ClosedDays, auto_accept = @AutoAccept, answer_within = @AnswerWithin, paused = @Paused, paused_until = @PausedUntil, closed = @Closed
        where store_id = @StoreId and revision = @LoadedRevision
        """;

    public async Task<Store?> Find(StoreId store, CancellationToken cancellation) =>
        (await database.Query<StoreRow>($"select {Columns} from stores where store_id = @StoreId", new { StoreId = store.Value }, cancellation)).SingleOrDefault()?.Store();

    public async Task<CreatedStore?> CreatedUnder(IdempotencyKey key, CancellationToken cancellation)
    {
        var rows = await database.Query<StoreRow>(
            $"select {Columns} from stores where caller = @Caller and idempotency_key = @Key", new { key.Caller, Key = key.Value }, cancellation);
        return rows.SingleOrDefault() is { } row ? new CreatedStore(row.Store(), row.Fingerprint ?? "") : null;
    }

    public async Task<IReadOnlyList<Store>> List(StoreId? after, long skip, int limit, CancellationToken cancellation)
    {
        var rows = await database.Read(
            connection => connection.QueryAsync<StoreRow>(new CommandDefinition(
                $"select {Columns} from stores where store_id > @After order by store_id limit @Limit offset @Skip",
                new { After = after?.Value ?? 0, Limit = limit, Skip = skip },
                cancellationToken: cancellation)),
            cancellation);
        return [.. rows.Select(static row => row.Store())];
    }

    public Task<int> Count(int cap, CancellationToken cancellation) => database.Read(
        connection => connection.QuerySingleAsync<int>(new CommandDefinition(
            "select count(*) from (select 1 from stores limit @Cap) counted", new { Cap = cap }, cancellationToken: cancellation)),
        cancellation);

    public async Task<StoreId> NextNumber(CancellationToken cancellation) => new(await database.Read(
        connection => connection.QuerySingleAsync<long>(new CommandDefinition(
            "select coalesce(max(store_id), 0) + 1 from stores", cancellationToken: cancellation)),
        cancellation));

    public async Task Save(Store store, MessageContext context, CancellationToken cancellation)
    {
        var batch = new Batch().Once(context).Require(store.LoadedVersion == 0 ? Insert : Update, StoreRow.Of(store));
        outbox.Enqueue(batch, context, store.Raised.ToPublished());
        (await database.Write(batch, cancellation)).ThrowIfStale($"Store {store.Id}");
    }

    private sealed class StoreRow
    {
        public long StoreId { get; init; }

        public string Name { get; init; } = "";

        public int Kind { get; init; }

        public int CancellationRule { get; init; }

        public long Revision { get; init; }

        public string Owner { get; init; } = "";

        public string Phone { get; init; } = "";

        public string Address { get; init; } = "";

        public string Picture { get; init; } = "";

        public long MinimumOrder { get; init; }

        public long DeliveryFee { get; init; }

        public string TimeZone { get; init; } = "";

        public string Hours { get; init; } = "";

        public string ClosedDays { get; init; } = "";

        public int AutoAccept { get; init; }

        public int AnswerWithin { get; init; }

        public int Paused { get; init; }

        public long? PausedUntil { get; init; }

        public int Closed { get; init; }

        public string? Caller { get; init; }

        public string? IdempotencyKey { get; init; }

        public string? Fingerprint { get; init; }

        /// <summary>The revision that the row must still have; no column.</summary>
        public long LoadedRevision { get; init; }

        public static StoreRow Of(Store store) => new()
        {
            StoreId = store.Id.Value,
            Name = store.Profile.Name,
            Kind = (int)store.Profile.Kind,
            CancellationRule = (int)store.Profile.CancellationRule,
            Revision = store.Version,
            Owner = store.Profile.Owner,
            Phone = store.Profile.Phone,
            Address = store.Profile.Address,
            Picture = store.Profile.Picture,
            MinimumOrder = store.Profile.MinimumOrder.Won,
            DeliveryFee = store.Profile.DeliveryFee.Won,
            TimeZone = store.Profile.Hours.TimeZone,
            Hours = JsonColumns.Write(store.Profile.Hours.Periods),
            ClosedDays = JsonColumns.Write(store.Profile.Hours.ClosedDays),
            AutoAccept = store.Profile.AutoAccept ? 1 : 0,
            AnswerWithin = store.Profile.AnswerWithinMinutes,
            Paused = store.Pause is null ? 0 : 1,
            PausedUntil = store.Pause?.Until?.ToUnixTimeMilliseconds(),
            Closed = store.IsClosed ? 1 : 0,
            Caller = store.CreatedUnder?.Key.Caller,
            IdempotencyKey = store.CreatedUnder?.Key.Value,
            Fingerprint = store.CreatedUnder?.Fingerprint,
            LoadedRevision = store.LoadedVersion,
        };

        public Store Store() => FoodDelivery.Stores.Store.Restore(
            new StoreId(StoreId),
            new StoreProfile(Name, (StoreKind)Kind, (CancellationRule)CancellationRule)
            {
                Owner = Owner,
                Phone = Phone,
                Address = Address,
                Picture = Picture,
                MinimumOrder = new Money(MinimumOrder),
                DeliveryFee = new Money(DeliveryFee),
                Hours = new OpeningHours(TimeZone, JsonColumns.ReadPeriods(Hours), JsonColumns.ReadDays(ClosedDays)),
                AutoAccept = AutoAccept != 0,
                AnswerWithinMinutes = AnswerWithin,
            },
            Paused == 0 ? null : new Pause(PausedUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null),
            Closed != 0,
            Revision);
    }
}
