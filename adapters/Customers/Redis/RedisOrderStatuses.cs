using System.Globalization;
using System.Text.Json;
using FoodDelivery.Adapters.Customers.Persistence;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Redis;
using StackExchange.Redis;

namespace FoodDelivery.Adapters.Customers.Redis;

/// <summary>
/// The view in Redis: a hash for each order and generation, an index of all orders and one for each customer. Where no generation serves, since the data was
/// lost, every question is refused until one does: "unknown" would be a lie.
/// </summary>
internal sealed class RedisOrderStatuses(RedisClient redis) : IOrderStatuses
{
    private const int OrdersAtOnce = 500;

    private readonly string _state = $"{{{redis.Prefix}:order-statuses}}";

    public async Task<OrderStatusView?> Find(OrderId order, CancellationToken cancellation) =>
        StoredOrder.View(Served(await redis.Run(ViewScripts.Find, _state, cancellation, StoredOrder.Member(order))));

    public async Task<IReadOnlyDictionary<OrderId, long>> Revisions(IReadOnlyCollection<OrderId> orders, CancellationToken cancellation)
    {
        var revisions = new Dictionary<OrderId, long>();
        foreach (var some in orders.Chunk(OrdersAtOnce))
        {
            var versions = (RedisResult[]?)Served(await redis.Run(
                ViewScripts.Versions, _state, cancellation, [.. some.Select(static order => (RedisValue)StoredOrder.Member(order))])) ?? [];
            foreach (var (order, version) in some.Zip(versions).Where(static known => !known.Second.IsNull))
                revisions[order] = (long)version;
        }

        return revisions;
    }

    public async Task<IReadOnlyList<OrderStatusView>> Newest(string? customerId, OrderId? before, int atMost, CancellationToken cancellation)
    {
        var bound = before is { } end ? $"({StoredOrder.Member(end)}" : "+";
        var answer = Served(await redis.Run(ViewScripts.Newest, _state, cancellation, Index(customerId), bound, atMost));
        return Views(answer).Items;
    }

    public async Task<Listed<OrderStatusView>> Page(string? customerId, long page, int size, SortDirection direction, CancellationToken cancellation)
    {
        var first = page * size;
        var command = direction == SortDirection.Ascending ? "ZRANGE" : "ZREVRANGE";
        var answer = Served(await redis.Run(ViewScripts.Page, _state, cancellation, Index(customerId), first, first + size - 1, command));
        var (items, counted) = Views(answer);
        return Listed.Of(items, counted);
    }

    public async Task Apply(OrderStatusChanged changed, CancellationToken cancellation)
    {
        if ((long)await redis.Run(ViewScripts.Apply, _state, cancellation, StoredOrder.Arguments(changed)) == 0)
            throw Lost();
    }

    public async Task EraseTexts(OrderId order, CancellationToken cancellation)
    {
        var known = (RedisResult[]?)await redis.Run(ViewScripts.Everywhere, _state, cancellation, StoredOrder.Member(order)) ?? [];
        foreach (var view in known.Select(StoredOrder.View).OfType<OrderStatusView>())
            await redis.Run(ViewScripts.Overwrite, _state, cancellation, StoredOrder.Texts(view.Erased()));
    }

    public async Task<RebuildUnderWay> BeginRebuild(DateTimeOffset now, CancellationToken cancellation)
    {
        while (true)
        {
            await Begin(now, "", cancellation);
            if (await CurrentRebuild(cancellation) is { } rebuild)
                return rebuild;
        }
    }

    /// <summary>Begins a rebuild if the view that serves is missing or may have lost something, and none has been begun for that reason yet.</summary>
    public Task<LostView> BeginRebuildIfLost(DateTimeOffset now, CancellationToken cancellation) => Begin(now, "if lost", cancellation);

    public async Task<RebuildUnderWay?> CurrentRebuild(CancellationToken cancellation)
    {
        var answer = await redis.Run(ViewScripts.CurrentRebuild, _state, cancellation);
        return !answer.IsNull && (RedisResult[]?)answer is [var generation, var started]
            ? new RebuildUnderWay((long)generation, DateTimeOffset.FromUnixTimeMilliseconds((long)started))
            : null;
    }

    public Task CompleteRebuild(RebuildUnderWay rebuild, CancellationToken cancellation) =>
        redis.Run(ViewScripts.CompleteRebuild, _state, cancellation, rebuild.Generation);

    /// <summary>Drops what serves no more, in portions, so that others need not wait for the whole of it.</summary>
    public async Task DropRetired(CancellationToken cancellation)
    {
        while ((long)await redis.Run(ViewScripts.Drop, _state, cancellation) != 0)
        {
        }
    }

    /// <summary>What the server drops when its memory is full; empty if it does not say.</summary>
    public async Task<string> EvictionPolicy(CancellationToken cancellation) =>
        (string?)await redis.Run(ViewScripts.EvictionPolicy, _state, cancellation) ?? "";

    /// <summary>Whether a view serves, as far as Redis says so.</summary>
    public async Task<bool> Serves(CancellationToken cancellation)
    {
        try
        {
            return (long)await redis.Run(ViewScripts.Serves, _state, cancellation) == 1;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    private static string Index(string? customerId) => customerId is null ? "orders" : $"customer:{customerId}";

    private static RedisResult Served(RedisResult answer) => answer.IsNull ? throw Lost() : answer;

    private static StorageUnavailableException Lost() => new("There is no view of order statuses in Redis at the moment; it is being built from the log.");

    private static (IReadOnlyList<OrderStatusView> Items, long Counted) Views(RedisResult answer)
    {
        var parts = (RedisResult[]?)answer ?? [];
        return ([.. parts.Skip(1).Select(StoredOrder.View).OfType<OrderStatusView>()], (long)parts[0]);
    }

    private async Task<LostView> Begin(DateTimeOffset now, string condition, CancellationToken cancellation)
    {
        var answer = (RedisResult[]?)await redis.Run(ViewScripts.BeginRebuild, _state, cancellation, now.ToUnixTimeMilliseconds(), condition) ?? [];
        return new LostView((long)answer[0] == 1, (long)answer[1] == 1);
    }
}

/// <summary>What came of a look for a loss.</summary>
/// <param name="Begun">Whether a rebuild was begun just now.</param>
/// <param name="Serves">Whether a view serves meanwhile, though it may lack something.</param>
internal sealed record LostView(bool Begun, bool Serves);

/// <summary>An order of the view as the fields of a hash. The names of the fields are part of the stored format.</summary>
internal static class StoredOrder
{
    private const string Change = "change:";

    /// <summary>An order's number in a key and in an index: numbers that are greater come later by their letters too.</summary>
    public static string Member(OrderId order) => order.Value.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>What <see cref="ViewScripts.Apply"/> takes.</summary>
    public static RedisValue[] Arguments(OrderStatusChanged changed) =>
    [
        Member(changed.OrderId),
        changed.Change.Version,
        JsonSerializer.Serialize(StoredChange.Of(changed.Change), StoredJson.Readable.StoredChange),
        changed.CustomerId,
        "store", changed.StoreId.Value,
        "total", changed.Total.Won,
        "fee", changed.DeliveryFee.Won,
        "discount", changed.Discount.Won,
        "payment", changed.PaymentId,
        "lines", JsonSerializer.Serialize(changed.Lines.Select(StoredLine.Of), StoredJson.Readable.IEnumerableStoredLine),
        "order", changed.OrderId.Value,
    ];

    /// <summary>What <see cref="ViewScripts.Overwrite"/> takes, to write an order's history over the one that is there.</summary>
    public static RedisValue[] Texts(OrderStatusView view) =>
    [
        Member(view.OrderId),
        .. view.History.SelectMany(static change => new RedisValue[]
        {
            $"{Change}{change.Version}", JsonSerializer.Serialize(StoredChange.Of(change), StoredJson.Readable.StoredChange),
        }),
    ];

    /// <summary>The order that a hash's names and values describe; null for one that is empty or not finished.</summary>
    public static OrderStatusView? View(RedisResult hash)
    {
        var flat = (RedisResult[]?)hash ?? [];
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at + 1 < flat.Length; at += 2)
            fields[(string?)flat[at] ?? ""] = (string?)flat[at + 1] ?? "";

        // The version is written last.
        return !fields.ContainsKey("version") ? null : new OrderStatusView(
            new OrderId(Number(fields["order"])),
            new StoreId(Number(fields["store"])),
            fields["customer"],
            [.. JsonSerializer.Deserialize(fields["lines"], StoredJson.Readable.IEnumerableStoredLine)!.Select(static line => line.Line())],
            new Money(Number(fields["total"])),
            Number(fields["payment"]),
            [
                .. fields.Where(static field => field.Key.StartsWith(Change, StringComparison.Ordinal))
                    .Select(static field => JsonSerializer.Deserialize(field.Value, StoredJson.Readable.StoredChange)!.Change())
                    .OrderBy(static change => change.Version),
            ])
        {
            // Orders from before there were fees have neither.
            DeliveryFee = new Money(Number(fields.GetValueOrDefault("fee", "0"))), Discount = new Money(Number(fields.GetValueOrDefault("discount", "0"))),
        };
    }

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
