using FoodDelivery.Adapters.Ordering;
using FoodDelivery.Kernel;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Ports.Postgres;
using FoodDelivery.Tests.Ports.Retaining;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Tests.Ports.Attempts;

/// <summary>What every store of attempts must do; nothing runs in the background.</summary>
public abstract class AttemptsSuite : IAsyncLifetime, IDisposable
{
    private readonly DataFolder _data = new();
    private PostgresPlace? _place;
    private ServiceProvider _services = null!;

    private IAttempts Attempts => _services.GetRequiredService<IAttempts>();

    public async Task InitializeAsync()
    {
        _place = await Place();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(
        [
            new("Data:Directory", _data.Path),
            new("Storage:Provider", _place is null ? "Sqlite" : "Postgres"),
            new("Storage:ConnectionString", _place?.Template),
            new("Messaging:PruneInterval", "00:00:00.050"),
            new("Pay:Addresses", "http://localhost:1"),
        ]);
        builder.Services.AddSqlite().AddPostgres().AddEmbeddedLog();
        builder.AddOrdering();
        _services = builder.Services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_place is not null)
            await _place.DisposeAsync();
    }

    public void Dispose()
    {
        _data.Dispose();
        GC.SuppressFinalize(this);
    }

    [SuiteFact]
    public async Task No_number_up_to_one_that_was_in_use_is_issued_and_none_goes_back()
    {
        await Attempts.IssueBeyond(new OrderId(7), default);
        var beyond = await Open("k");
        await Attempts.IssueBeyond(new OrderId(3), default);
        var next = await Open("another");
        await Attempts.IssueBeyond(new OrderId(100), default);
        await Attempts.IssueBeyond(new OrderId(100), default);

        Assert.Equal((8, 9, 101), (beyond.Id.Value, next.Id.Value, (await Open("a third")).Id.Value));
    }

    [SuiteFact]
    public async Task Each_has_an_id_of_its_own_which_is_kept_and_a_key_gives_the_first_ones()
    {
        var first = await Open("k");
        var second = await Open();

        Assert.NotEqual("", first.AttemptId);
        Assert.NotEqual(first.AttemptId, second.AttemptId);
        Assert.Equal(first.AttemptId, (await Open("k")).AttemptId);
        Assert.Equal(first.AttemptId, (await Attempts.Find(first.Id, default))!.AttemptId);
    }

    [SuiteFact]
    public async Task What_is_paid_is_kept_in_parts_by_the_attempt_and_its_order_and_one_from_before_has_no_fee()
    {
        var details = new OrderDetails(new StoreId(1), "kim", [new OrderLine("chicken", 1, new Money(18_000), 1)], "", "") { DeliveryFee = new Money(3_000), Discount = new Money(1_000) };
        var opened = await Attempts.Open(new AttemptRequest(Key: null, "f", details, TimeProvider.System.GetUtcNow()), default);
        var kept = (await Attempts.Find(opened.Id, default))!;
        Assert.True(await Attempts.Close(kept, kept.Place(7, TimeProvider.System.GetUtcNow()), MessageContext.Command("c"), default));

        var order = (await _services.GetRequiredService<IOrders>().Find(opened.Id, default))!;
        Assert.All([kept.Request.Details, order.Details], static found => Assert.Equal((3_000, 1_000, 20_000), (found.DeliveryFee.Won, found.Discount.Won, found.Total.Won)));
        await _services.Run(
            """
            insert into orders (id, store_id, customer_id, lines, address, membership_number, payment_id, placed_at, progress, cancellation, reason, status_version, version)
            values (99, 1, 'kim', '[]', '', '', 7, 0, 'Paid', 'None', '', 1, 1)
            """);
        Assert.Equal(Money.Zero, (await _services.GetRequiredService<IOrders>().Find(new OrderId(99), default))!.Details.DeliveryFee);
    }

    [SuiteFact]
    public async Task A_stores_terms_are_known_beside_its_menu_as_they_were_said_and_older_ones_change_nothing()
    {
        var menus = _services.GetRequiredService<IMenus>();
        var said = new StoreTerms(new StoreId(1), 5)
        {
            Hours = new OpeningHours("Asia/Seoul", [new(DayOfWeek.Sunday, new(22, 0), new(2, 0)), new(DayOfWeek.Monday, new(9, 0), new(0, 0))], [new DateOnly(2026, 12, 25)]),
            MinimumOrder = new Money(15_000),
            DeliveryFee = new Money(3_000),
            IsPaused = true,
            PausedUntil = DateTimeOffset.UnixEpoch.AddDays(20_000),
        };
        await menus.Replace(said, MessageContext.Command("a"), default);
        await menus.Replace(said with { Revision = 4, IsClosed = true }, MessageContext.Command("b"), default);
        await _services.Run("insert into menus_caught_up (id, at) values (1, 0)");
        await menus.Replace(new StoreTerms(new StoreId(2), 1), MessageContext.Command("c"), default);

        var known = (await menus.Current(default)).TermsOf(new StoreId(1));

        Assert.Equal((said.Hours.TimeZone, said.MinimumOrder, said.DeliveryFee, said.IsPaused, said.PausedUntil, said.IsClosed), (known.Hours.TimeZone, known.MinimumOrder, known.DeliveryFee, known.IsPaused, known.PausedUntil, known.IsClosed));
        Assert.Equal(said.Hours.Periods, known.Hours.Periods);
        Assert.Equal(said.Hours.ClosedDays, known.Hours.ClosedDays);
        await menus.Replace(said with { Revision = 6, IsClosed = true }, MessageContext.Command("d"), default);
        Assert.True((await menus.Current(default)).TermsOf(new StoreId(1)).IsClosed);
    }

    [SuiteFact]
    public async Task One_from_before_they_had_ids_is_read_without_one()
    {
        await _services.Run(
            """
            insert into attempts (id, fingerprint, store_id, customer_id, lines, address, membership_number, state, reason, opened_at)
            values (7, 'f', 1, 'kim', '[]', '', '', 'Open', '', 0)
            """);

        Assert.Equal(("", AttemptState.Open), ((await Attempts.Find(new OrderId(7), default))!.AttemptId, (await Attempts.Find(new OrderId(7), default))!.State));
    }

    [SuiteFact]
    public async Task Those_that_ended_long_ago_are_let_go_and_an_open_one_is_not()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (open, old, young) = (await Open(opened: now.AddDays(-31)), await Open("k", now.AddDays(-31)), await Open(opened: now.AddDays(-29)));
        foreach (var ended in new[] { old, young })
        {
            ended.Decline("no", now);
            Assert.True(await Attempts.Close(ended, MessageContext.Command("c"), default));
        }

        await _services.Prune(until: async () =>
            Assert.Equal([open.Id.Value, young.Id.Value], await _services.Numbers("select id from attempts order by id")));

        // Its key is free again, and its number is not.
        Assert.Equal(young.Id.Value + 1, (await Open("k")).Id.Value);
    }

    [SuiteFact]
    public async Task Orders_without_a_ticket_are_found_when_they_are_due_and_counted()
    {
        var orders = _services.GetRequiredService<IOrders>();
        var now = TimeProvider.System.GetUtcNow().TruncateToMilliseconds();
        var patience = TimeSpan.FromMinutes(2);
        foreach (var age in new[] { 1, 3, 5, 100 })
        {
            var attempt = await Open();
            Assert.True(await Attempts.Close(attempt, attempt.Place(7, now.AddMinutes(-age)), MessageContext.Command($"placed {age}"), default));
        }

        Assert.Equal([4, 3, 2], await Due());
        Assert.Equal(3, await orders.CountWithoutTicket(now - patience, 100, default));
        Assert.Equal(2, await orders.CountWithoutTicket(now - patience, 2, default));

        await Change(2, order => order.RemindStore(now.AddMinutes(-3)));
        await Change(3, static order => order.TicketOpened());
        Assert.Equal([4], await Due());
        Assert.Equal(2, await orders.CountWithoutTicket(now - patience, 100, default));
        Assert.Equal([4, 2], await Due(reminders: 0, giveBack: 10, at: now.AddMinutes(9)));
        now = now.AddMinutes(2);
        Assert.Equal([4, 2, 1], await Due());
        Assert.Equal((now.AddMinutes(-5), 1), ((await orders.Find(new OrderId(2), default))!.Snapshot.StoreToldAt, (await orders.Find(new OrderId(2), default))!.Snapshot.Reminders));

        // As a replica of the version before leaves them.
        await _services.Run("update orders set progress = 'Received' where id = 2");
        await _services.Run("update orders set cancellation = 'Cancelled' where id = 4");
        Assert.Equal([1], await Due());
        Assert.Equal(1, await orders.CountWithoutTicket(now - patience, 100, default));

        async Task<IReadOnlyList<long>> Due(int reminders = 3, int giveBack = 1_000, DateTimeOffset? at = null) =>
            [.. (await orders.WithoutTicket(at ?? now, patience, reminders, (at ?? now).AddMinutes(-giveBack), 10, default)).Select(static order => order.Id.Value)];

        async Task Change(long id, Action<Order> change)
        {
            var order = (await orders.Find(new OrderId(id), default))!;
            change(order);
            await orders.Save(order, MessageContext.Command($"change {id}"), default);
        }
    }

    private protected abstract Task<PostgresPlace?> Place();

    private Task<OrderAttempt> Open(string? key = null, DateTimeOffset? opened = null) => Attempts.Open(
        new AttemptRequest(
            key is null ? null : new RequestKey("kim", key),
            "f",
            new OrderDetails(new StoreId(1), "kim", [new OrderLine("chicken", 1, new Money(18_000), 1)], "", ""),
            opened ?? TimeProvider.System.GetUtcNow()),
        default);
}

public sealed class SqliteAttemptsTests : AttemptsSuite
{
    private protected override Task<PostgresPlace?> Place() => Task.FromResult<PostgresPlace?>(null);
}

[NeedsPostgres]
public sealed class PostgresAttemptsTests : AttemptsSuite
{
    private protected override async Task<PostgresPlace?> Place() => await PostgresPlace.Make();
}
