using FoodDelivery.Adapters.Stores;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;
using FoodDelivery.Tests.Ports.Postgres;
using FoodDelivery.Tests.Ports.Retaining;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Tests.Ports.Stores;

/// <summary>What every store of stores must do; nothing runs in the background.</summary>
public abstract class StoresSuite : IAsyncLifetime, IDisposable
{
    private readonly DataFolder _data = new();
    private PostgresPlace? _place;
    private ServiceProvider _services = null!;

    private IStores Stores => _services.GetRequiredService<IStores>();

    public async Task InitializeAsync()
    {
        _place = await Place();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(
        [
            new("Data:Directory", _data.Path),
            new("Storage:Provider", _place is null ? "Sqlite" : "Postgres"),
            new("Storage:ConnectionString", _place?.Template),
        ]);
        builder.Services.AddSqlite().AddPostgres().AddEmbeddedLog();
        builder.AddStores();
        _services = builder.Services.BuildServiceProvider();
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
    public async Task A_store_is_kept_whole_and_numbered_after_the_last()
    {
        var first = Store.Open(await Stores.NextNumber(default), Profile);
        await Save(first);
        var paused = (await Stores.Find(first.Id, default))!;
        paused.Halt(DateTimeOffset.UnixEpoch.AddDays(300), DateTimeOffset.UnixEpoch);
        await Save(paused);

        var found = (await Stores.Find(new StoreId(1), default))!;

        Assert.Equal(Profile with { Hours = OpeningHours.Always }, found.Profile with { Hours = OpeningHours.Always });
        Assert.Equal(Profile.Hours.TimeZone, found.Profile.Hours.TimeZone);
        Assert.Equal(Profile.Hours.Periods, found.Profile.Hours.Periods);
        Assert.Equal(Profile.Hours.ClosedDays, found.Profile.Hours.ClosedDays);
        Assert.Equal((2L, 2L, DateTimeOffset.UnixEpoch.AddDays(300), false), (found.Version, found.LoadedVersion, found.Pause!.Until, found.IsClosed));
        found.Close();
        await Save(found);
        Assert.True((await Stores.Find(new StoreId(1), default))!.IsClosed);
        Assert.Equal(new StoreId(2), await Stores.NextNumber(default));
    }

    [SuiteFact]
    public async Task Of_two_who_take_a_number_or_change_a_store_at_the_same_time_one_must_decide_anew()
    {
        await Save(Store.Open(new StoreId(1), Profile));
        await Assert.ThrowsAsync<ConcurrencyException>(() => Save(Store.Open(new StoreId(1), Profile)));
        var (one, other) = ((await Stores.Find(new StoreId(1), default))!, (await Stores.Find(new StoreId(1), default))!);
        one.Close();
        other.Halt(until: null, TimeProvider.System.GetUtcNow());
        await Save(one);

        await Assert.ThrowsAsync<ConcurrencyException>(() => Save(other));
        Assert.Null((await Stores.Find(new StoreId(1), default))!.Pause);
    }

    [SuiteFact]
    public async Task A_key_stands_for_one_store()
    {
        var under = new KeyedCreation(new IdempotencyKey("ops", "k"), "print");
        await Save(Store.Open(new StoreId(1), Profile, under));

        await Assert.ThrowsAsync<ConcurrencyException>(() => Save(Store.Open(new StoreId(2), Profile, under)));
        var created = (await Stores.CreatedUnder(under.Key, default))!;
        Assert.Equal((new StoreId(1), "print"), (created.Store.Id, created.Fingerprint));
        Assert.Null(await Stores.CreatedUnder(under.Key with { Caller = "another" }, default));
    }

    [SuiteFact]
    public async Task A_store_from_before_is_always_open_without_fee_minimum_or_bound()
    {
        await _services.Run("insert into stores (store_id, name, kind, cancellation_rule) values (7, 'old', 1, 2)");

        var old = (await Stores.Find(new StoreId(7), default))!;

        Assert.Equal((1L, Money.Zero, Money.Zero, false, 0), (old.Version, old.Profile.MinimumOrder, old.Profile.DeliveryFee, old.Profile.AutoAccept, old.Profile.AnswerWithinMinutes));
        Assert.True(old.Profile.Hours.IsOpen(TimeProvider.System.GetUtcNow()));
        old.Close();
        await Save(old);
    }

    [SuiteFact]
    public async Task Orders_that_a_store_has_not_answered_within_its_own_bound_are_found()
    {
        var now = TimeProvider.System.GetUtcNow();
        await Save(Store.Open(new StoreId(1), Profile));
        await Save(Store.Open(new StoreId(2), Profile with { AnswerWithinMinutes = 0 }));
        var tickets = _services.GetRequiredService<ITickets>();
        foreach (var (order, store, age) in new[] { (1, 1, 16), (2, 1, 14), (3, 2, 9_000), (4, 1, 16), (5, 77, 9_000) })
        {
            var ticket = Ticket.Open(new OrderSlip(new OrderId(order), new StoreId(store), [new TicketLine("chicken", 1, new Money(1))], ""), delivers: true, now.AddMinutes(-age));
            if (order == 4)
                Assert.Null(ticket.Accept(now).Error);

            await tickets.Save(ticket, MessageContext.Command($"{order}"), default);
        }

        Assert.Equal([new OrderId(1)], await tickets.Unanswered(now, 10, default));
        Assert.Equal([new OrderId(1), new OrderId(2)], (await tickets.Unanswered(now.AddMinutes(2), 10, default)).OrderBy(static order => order.Value));
        Assert.Single(await tickets.Unanswered(now.AddMinutes(2), 1, default));
    }

    private static StoreProfile Profile => new("밤도깨비 🌙", StoreKind.Restaurant, CancellationRule.UntilAccepted)
    {
        Owner = "olga",
        Phone = "02-1",
        Address = "서울",
        Picture = "https://example.com/1.png",
        MinimumOrder = new Money(15_000),
        DeliveryFee = new Money(3_000),
        Hours = new OpeningHours("Europe/Paris", [new(DayOfWeek.Sunday, new(22, 0), new(0, 0)), new(DayOfWeek.Friday, new(9, 30), new(11, 0))], [new DateOnly(2026, 12, 25)]),
        AutoAccept = true,
        AnswerWithinMinutes = 15,
    };

    private protected abstract Task<PostgresPlace?> Place();

    private Task Save(Store store) => Stores.Save(store, MessageContext.Command("test"), default);
}

public sealed class SqliteStoresTests : StoresSuite
{
    private protected override Task<PostgresPlace?> Place() => Task.FromResult<PostgresPlace?>(null);
}

[NeedsPostgres]
public sealed class PostgresStoresTests : StoresSuite
{
    private protected override async Task<PostgresPlace?> Place() => await PostgresPlace.Make();
}
