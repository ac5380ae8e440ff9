using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Contract.Stores;

/// <summary>The stores' database is lost, or restored from an older backup, while the log goes on: one command brings the tickets back.</summary>
public sealed class LostDatabaseTests : IDisposable
{
    private readonly DataFolder _data = new();
    private readonly DataFolder _backup = new();

    [Fact]
    public async Task Tickets_and_menus_that_are_lost_come_back_from_the_log_as_they_were()
    {
        long opened, cooked, delivered, cancelled, rejected;
        string[] before;
        long revision;
        var stores = await RunningStores.On(_data);
        try
        {
            (opened, cooked, delivered) = (await stores.Order(), await stores.Order(), await stores.Order());
            (cancelled, rejected) = (await stores.Order(), await stores.Order(store: 77));
            await Move(stores, cooked, "receive", "cook", "cooked");
            await Move(stores, delivered, "receive", "cook", "cooked", "ship", "deliver");
            await stores.Told(cancelled, new OrderCancelled { OrderId = cancelled, StoreId = 2, Reason = "refunded" });
            await Eventually.Holds(async () => Assert.Equal("order_canceled", await Status(stores, cancelled)));
            await Eventually.Holds(() => Task.FromResult(Assert.Single(
                stores.PublishedOf<TicketStatusChanged>(cancelled), static change => change.Status == TicketStatus.OrderCanceled)));
            revision = (await PutMenu(stores)).Number("revision");
            before = await All(stores, opened, cooked, delivered, cancelled, rejected);
        }
        finally
        {
            await stores.DisposeAsync();
        }

        Remove(_data.Path);
        stores = await RunningStores.On(_data);
        try
        {
            (await stores.Rest.Get($"/deliveries/{cooked}")).Expect(404);

            await Restore(stores);

            Assert.Equal(before, await All(stores, opened, cooked, delivered, cancelled, rejected));
            Assert.Equal(revision, (await stores.Rest.Get("/stores/1/menu")).Expect(200).Number("revision"));
            await Move(stores, cooked, "ship");
            await Move(stores, opened, "receive");
            await Eventually.Holds(() =>
            {
                Assert.Equal([1, 2, 3, 4, 5], stores.PublishedOf<TicketStatusChanged>(cooked).Select(static change => change.Version));
                Assert.Equal([1, 2], stores.PublishedOf<TicketStatusChanged>(opened).Select(static change => change.Version));
                return Task.CompletedTask;
            });
        }
        finally
        {
            await stores.DisposeAsync();
        }
    }

    [Fact]
    public async Task Tickets_of_an_older_backup_catch_up_and_newer_ones_are_left_alone()
    {
        long moved, later;
        var stores = await RunningStores.On(_data);
        try
        {
            moved = await stores.Order();
            await Move(stores, moved, "receive");
        }
        finally
        {
            await stores.DisposeAsync();
        }

        Copy(_data.Path, _backup.Path);
        stores = await RunningStores.On(_data);
        try
        {
            await Move(stores, moved, "cook", "cooked");
            later = await stores.Order();
            await Move(stores, later, "receive");
            await Eventually.Holds(() => Task.FromResult(Assert.Single(
                stores.PublishedOf<TicketStatusChanged>(later), static change => change.Status == TicketStatus.Receive)));
        }
        finally
        {
            await stores.DisposeAsync();
        }

        Remove(_data.Path);
        Copy(_backup.Path, _data.Path);
        stores = await RunningStores.On(_data);
        try
        {
            Assert.Equal("receive", await Status(stores, moved));

            await Restore(stores);
            await Move(stores, moved, "ship");
            await Restore(stores);

            Assert.Equal(("ship", "receive"), (await Status(stores, moved), await Status(stores, later)));
            Assert.Equal(5, (await stores.Rest.Get($"/deliveries/{moved}")).Expect(200).Number("version"));
        }
        finally
        {
            await stores.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_was_erased_stays_so_where_the_log_still_has_it()
    {
        long erased, other;
        var stores = await RunningStores.On(_data);
        try
        {
            (erased, other) = (await stores.Order(), await stores.Order());
            await stores.Told(erased, new OrderCancelled { OrderId = erased, StoreId = 2, Reason = "moving away" });
            await stores.Told(erased, new OrderErased { OrderId = erased, StoreId = 2 });
            await Eventually.Holds(async () => Assert.Equal("erased", await Address(stores, erased)));
        }
        finally
        {
            await stores.DisposeAsync();
        }

        Remove(_data.Path);
        stores = await RunningStores.On(_data);
        try
        {
            await Restore(stores);

            Assert.Equal("erased", await Address(stores, erased));
            Assert.DoesNotContain("moving away", (await stores.Rest.Get($"/deliveries/{erased}")).Expect(200).Text, StringComparison.Ordinal);
            Assert.NotEqual("erased", await Address(stores, other));
        }
        finally
        {
            await stores.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _data.Dispose();
        _backup.Dispose();
    }

    [Fact]
    public async Task A_store_that_is_lost_comes_back_from_the_log_as_it_was_said_last()
    {
        string before;
        var stores = await RunningStores.On(_data);
        try
        {
            (await stores.Rest.Post("/stores", new { name = "밤도깨비", kind = "restaurant", deliveryFee = 3_000 })).Expect(201);
            (await stores.Rest.Post("/stores/4/pause", new { until = TimeProvider.System.GetUtcNow().AddDays(1) })).Expect(200);
            before = (await stores.Rest.Patch("/stores/4", new { hours = new[] { new { day = "friday", from = "18:00", to = "02:00" } }, closedDays = new[] { "2026-12-25" } })).Expect(200).Text;
            await Eventually.Holds(() => Task.FromResult(Assert.Single(stores.Published.OfType<StoreChanged>(), static changed => changed.Store is { StoreId: 4, Revision: 3 })));
        }
        finally
        {
            await stores.DisposeAsync();
        }

        Remove(_data.Path);
        stores = await RunningStores.On(_data);
        try
        {
            (await stores.Rest.Get("/stores/4")).Expect(404);

            await Restore(stores);

            Assert.Equal(before, (await stores.Rest.Get("/stores/4")).Expect(200).Text);
        }
        finally
        {
            await stores.DisposeAsync();
        }
    }

    private static async Task Move(RunningStores stores, long order, params string[] statuses)
    {
        foreach (var status in statuses)
            (await stores.Rest.Patch($"/deliveries/{order}", new { status })).Expect(200);
    }

    private static async Task<Answer> PutMenu(RunningStores stores) => (await stores.Rest.Put(
        "/stores/1/menu", new { dishes = (await stores.Rest.Get("/stores/1/menu")).Expect(200).At("dishes") })).Expect(200);

    private static async Task Restore(RunningStores stores)
    {
        (await stores.Rest.Post("/operations/tickets/rebuild", new { })).Expect(202);
        await Eventually.Holds(async () => (await stores.Rest.Get("/operations/tickets/rebuild")).Expect(404));
    }

    private static async Task<string> Status(RunningStores stores, long order) =>
        (await stores.Rest.Get($"/deliveries/{order}")).Expect(200).Word("status");

    private static async Task<string> Address(RunningStores stores, long order) =>
        (await stores.Rest.Get($"/deliveries/{order}")).Expect(200).Word("address");

    private static Task<string[]> All(RunningStores stores, params long[] orders) => Task.WhenAll(orders.Select(async order =>
        (await stores.Rest.Get($"/deliveries/{order}")).Expect(200).Text));

    private static void Remove(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "store.db*"))
            File.Delete(file);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "store.db*"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
