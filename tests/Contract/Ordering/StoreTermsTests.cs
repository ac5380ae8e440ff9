using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using StoreId = FoodDelivery.Kernel.StoreId;

namespace FoodDelivery.Tests.Contract.Ordering;

/// <summary>A store's terms, as it publishes them: what an order then costs, and when it is refused.</summary>
public sealed class StoreTermsTests : IAsyncLifetime, IDisposable
{
    private readonly DataFolder _data = new();
    private readonly ScriptedPay _pay = new();
    private OrderingHost _ordering = null!;
    private long _revision;

    public async Task InitializeAsync()
    {
        await _pay.Start();
        _ordering = await (await OrderingHost.Start(_data, _pay.Address, OrderingHost.Unhurried)).WithMenus();
    }

    [Fact]
    public async Task A_fee_is_paid_shown_and_told_and_the_price_stays_the_dishs()
    {
        await using var log = new LogReader(_ordering.App.Services.GetRequiredService<IEventLog>(), Topics.Ordering);
        await Says(new Store { DeliveryFeeWon = 3_000 });
        var placed = (await _ordering.Rest.Post("/orders", new { item = "chicken", qty = 2 })).Expect(201);

        Assert.Equal((18_000, 3_000, 0, 39_000), (placed.Number("price"), placed.Number("deliveryFee"), placed.Number("discount"), placed.Number("total")));
        var id = placed.Number("orderId");
        Assert.Equal(placed.Text, (await _ordering.Rest.Get($"/orders/{id}")).Expect(200).Text);
        var grpc = (await _ordering.Grpc.GetOrderAsync(new GetOrderRequest { OrderId = id })).Order;
        Assert.Equal((3_000, 0, 39_000), (grpc.DeliveryFeeWon, grpc.DiscountWon, grpc.TotalWon));
        Assert.Equal(39_000, _pay.AmountOf(id));
        await Eventually.Holds(() =>
        {
            var told = Assert.Single(log.Read<OrderPlaced>(), happened => happened.OrderId == id);
            Assert.Equal((3_000, 39_000), (told.DeliveryFeeWon, told.TotalWon));
            Assert.Equal((3_000, 39_000), (log.Read<OrderStatusChanged>().Last(change => change.OrderId == id) is var change ? (change.DeliveryFeeWon, change.TotalWon) : default));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task An_order_that_the_store_does_not_take_leaves_nothing_and_says_from_when_it_would()
    {
        var until = TimeProvider.System.GetUtcNow().AddHours(3);
        await Says(new Store { Pause = new StorePause { Until = until.ToTimestamp() } });

        var refused = await Refused("STORE_PAUSED");
        Assert.Equal(until.ToUnixTimeMilliseconds(), refused.At("opensAt").GetDateTimeOffset().ToUnixTimeMilliseconds());
        var grpc = await Assert.ThrowsAsync<RpcException>(async () => await _ordering.Grpc.PlaceOrderAsync(new PlaceOrderRequest { Items = { new OrderItem { Item = "chicken" } } }));
        var info = grpc.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal((StatusCode.FailedPrecondition, "STORE_PAUSED"), (grpc.StatusCode, info.Reason));
        Assert.Equal(until.ToUnixTimeMilliseconds(), DateTimeOffset.Parse(info.Metadata["opens_at"]).ToUnixTimeMilliseconds());

        // Open for a minute in a week that is not now.
        var day = TimeProvider.System.GetUtcNow().AddDays(3).DayOfWeek;
        await Says(new Store { TimeZone = "Asia/Seoul", Hours = { new OpeningPeriod { Day = day == DayOfWeek.Sunday ? Weekday.Sunday : (Weekday)day, From = "09:00", To = "09:01" } } });
        Assert.True((await Refused("STORE_CLOSED")).At("opensAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());

        await Says(new Store { MinimumOrderWon = 20_000 });
        var small = await Refused("BELOW_MINIMUM");
        Assert.Equal(("item", "20000"), (small.Word("field"), small.Word("expected")));

        await Says(new Store { ClosedForGood = true });
        Assert.False((await Refused("STORE_CLOSED_FOR_GOOD", store: 1)).Has("opensAt"));

        Assert.Equal(0, _pay.Calls);
        await Says(new Store());
        Assert.Equal(1, (await _ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201).Number("orderId"));
    }

    [Fact]
    public async Task Terms_that_are_lost_with_the_database_come_back_by_themselves_before_anything_is_sold()
    {
        await Says(new Store { MinimumOrderWon = 20_000 });
        await Refused("BELOW_MINIMUM");
        await _ordering.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(_data.Path, "ordering.db*"))
            File.Delete(file);

        _ordering = await OrderingHost.Start(_data, _pay.Address, OrderingHost.Unhurried);

        await Eventually.Holds(async () => (await _ordering.Rest.Get("/healthz/ready")).Expect(200));
        Assert.Equal("BELOW_MINIMUM", (await _ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(409).Word("reason"));
    }

    [Fact]
    public async Task Terms_that_a_version_before_has_passed_by_are_read_while_it_sells()
    {
        await Says(new Store { MinimumOrderWon = 20_000 });
        await _ordering.App.Services.GetRequiredService<IDatabase>().Write(
            new Batch().Add("delete from store_terms").Add("delete from store_terms_caught_up"), default);
        await _ordering.DisposeAsync();

        _ordering = await OrderingHost.Start(_data, _pay.Address, OrderingHost.Unhurried);

        await Eventually.Holds(async () => Assert.Equal("BELOW_MINIMUM", (await _ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(409).Word("reason")));
    }

    [Fact]
    public async Task Older_terms_that_come_late_change_nothing()
    {
        await Says(new Store { MinimumOrderWon = 20_000, Revision = 5 });
        await Refused("BELOW_MINIMUM");
        await Says(new Store { ClosedForGood = true, Revision = 4 });
        await Says(new Store { StoreId = 2, Revision = 6 });

        Assert.Equal("20000", (await Refused("BELOW_MINIMUM", store: 1)).Word("expected"));
    }

    public async Task DisposeAsync()
    {
        await _ordering.DisposeAsync();
        await _pay.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();

    // The store publishes, and Ordering has heard it.
    private async Task Says(Store store)
    {
        store.StoreId = Math.Max(1, store.StoreId);
        store.Revision = store.Revision > 0 ? store.Revision : ++_revision;
        await _ordering.Publish(Topics.Store, $"store-{store.StoreId}", new StoreChanged { Store = store });
        await Eventually.Holds(async () => Assert.True(
            (await _ordering.App.Services.GetRequiredService<IMenus>().Current(default)).TermsOf(new StoreId(store.StoreId)).Revision >= store.Revision));
    }

    private async Task<Answer> Refused(string reason, long? store = null)
    {
        var refused = (await _ordering.Rest.Post("/orders", new { item = "chicken", storeId = store })).Expect(409);
        Assert.Equal(reason, refused.Word("reason"));
        return refused;
    }
}
