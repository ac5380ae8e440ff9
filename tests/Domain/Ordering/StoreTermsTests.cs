using FoodDelivery.Kernel;
using FoodDelivery.Ordering;

namespace FoodDelivery.Tests.Domain.Ordering;

public sealed class StoreTermsTests
{
    private static readonly DateTimeOffset Evening = new(2026, 5, 1, 18, 0, 0, TimeSpan.Zero);
    private readonly Shop _shop = new();

    [Fact]
    public async Task A_store_that_is_closed_now_says_when_it_opens()
    {
        Sells(static terms => terms with { Hours = Evenings });

        await IsRefused("STORE_CLOSED", opensAt: Evening);
        _shop.Time.Advance(Evening - Given.Noon);
        Assert.Null((await _shop.Place(Given.AnOrderFor("chicken"))).Error);
    }

    [Fact]
    public async Task A_paused_store_says_when_it_takes_orders_again_and_does()
    {
        Sells(static terms => terms with { IsPaused = true, PausedUntil = Given.Noon.AddHours(1) });

        await IsRefused("STORE_PAUSED", opensAt: Given.Noon.AddHours(1));
        _shop.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null((await _shop.Place(Given.AnOrderFor("chicken"))).Error);
    }

    [Fact]
    public async Task A_pause_that_ends_while_the_store_is_closed_lasts_until_it_opens()
    {
        Sells(static terms => terms with { Hours = Evenings, IsPaused = true, PausedUntil = Given.Noon.AddHours(1) });

        await IsRefused("STORE_PAUSED", opensAt: Evening);
    }

    [Fact]
    public async Task Nobody_knows_when_a_pause_without_an_end_is_over_and_a_store_that_is_gone_does_not_come_back()
    {
        Sells(static terms => terms with { IsPaused = true });
        await IsRefused("STORE_PAUSED", opensAt: null);

        Sells(static terms => terms with { IsClosed = true });
        await IsRefused("STORE_CLOSED_FOR_GOOD", opensAt: null, Given.AnOrderFor("chicken") with { Store = new StoreId(1) });
    }

    [Fact]
    public async Task Without_a_store_an_order_passes_by_one_that_has_closed_for_good()
    {
        Sells(static terms => terms with { IsClosed = true });

        Assert.Equal(new StoreId(2), (await _shop.Place(Given.AnOrderFor("chicken"))).Value.Details.Store);
    }

    [Fact]
    public async Task The_dishes_come_to_the_stores_minimum_without_its_fee()
    {
        Sells(static terms => terms with { MinimumOrder = new Money(20_000), DeliveryFee = new Money(3_000) });

        var refusal = (await _shop.Place(Given.AnOrderFor("chicken"))).Error!;
        Assert.Equal((ErrorKind.Conflict, "BELOW_MINIMUM", "items", "20000"), (refusal.Kind, refusal.Reason, refusal.Field, refusal.Expected));
        Assert.Null((await _shop.Place(Given.AnOrderFor([new("chicken", 1, null), new("cola", 1, null)]))).Error);
    }

    [Fact]
    public async Task The_fee_is_paid_and_told_and_a_repeated_request_pays_the_same()
    {
        Sells(static terms => terms with { DeliveryFee = new Money(3_000) });

        var order = (await _shop.Place(Given.AnOrderFor("chicken", key: "k"))).Value;
        Sells(static terms => terms with { DeliveryFee = new Money(4_000), IsPaused = true });

        Assert.Equal((18_000, 3_000, 0, 21_000), (order.Details.Items.Won, order.Details.DeliveryFee.Won, order.Details.Discount.Won, order.Details.Total.Won));
        Assert.Equal(order.Details.Total, (await _shop.Place(Given.AnOrderFor("chicken", key: "k"))).Value.Details.Total);
        Assert.Equal(new Money(21_000), Assert.Single(_shop.Published<OrderPlaced>()).Details.Total);
        Assert.Equal(new Money(3_000), Assert.Single(_shop.Published<OrderStatusChanged>()).Details.DeliveryFee);
    }

    [Fact]
    public async Task What_no_payment_can_be_about_is_refused_before_the_attempt_with_its_fee()
    {
        var most = new[] { new OrderItem("IceAmericano", 10, 100_000_000) };
        Assert.Null((await _shop.Place(Given.AnOrderFor(most))).Error);
        _shop.Menus.Terms.Add(new StoreTerms(new StoreId(3), 1) { DeliveryFee = new Money(1) });

        var refusal = (await _shop.Place(Given.AnOrderFor(most))).Error!;

        Assert.Equal((ErrorKind.Invalid, "TOTAL_TOO_HIGH", "items"), (refusal.Kind, refusal.Reason, refusal.Field));
    }

    private static OpeningHours Evenings => new(
        "UTC", [.. Enum.GetValues<DayOfWeek>().Select(static day => new OpeningPeriod(day, new(18, 0), new(23, 0)))], []);

    private void Sells(Func<StoreTerms, StoreTerms> on)
    {
        _shop.Menus.Terms.Clear();
        _shop.Menus.Terms.Add(on(new StoreTerms(new StoreId(1), 1)));
    }

    private async Task IsRefused(string reason, DateTimeOffset? opensAt, PlaceOrder? command = null)
    {
        var refusal = (await _shop.Place(command ?? Given.AnOrderFor("chicken"))).Error!;

        Assert.Equal((ErrorKind.Conflict, reason, opensAt), (refusal.Kind, refusal.Reason, refusal.OpensAt));
        Assert.Empty(_shop.Ledger.Published);
        Assert.Equal(0, _shop.Ledger.Attempts);
    }
}
