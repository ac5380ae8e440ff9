using FoodDelivery.Kernel;
using FoodDelivery.Ordering;

namespace FoodDelivery.Tests.Domain.Ordering;

public sealed class PlacingOrderTests
{
    private readonly Shop _shop = new();

    [Fact]
    public async Task A_paid_order_exists_and_everybody_is_told_once()
    {
        var order = (await _shop.Place(Given.AnOrderFor("chicken", quantity: 2))).Value;

        Assert.Equal(new OrderId(1), order.Id);
        Assert.Equal(OrderStatus.PaySuccess, order.Status);
        Assert.Equal(new Money(36_000), order.Details.Total);
        Assert.Equal(101, order.Snapshot.PaymentId);
        Assert.Equal(AttemptState.Placed, _shop.Ledger.StateOf(1));
        Assert.Collection(
            _shop.Ledger.Published,
            static placed => Assert.Equal(new OrderId(1), Assert.IsType<OrderPlaced>(placed).Order),
            static changed => Assert.Equal((1, OrderStatus.PaySuccess), (((OrderStatusChanged)changed).Version, ((OrderStatusChanged)changed).Status)));
    }

    [Theory]
    [InlineData("CHICKEN", 1)]
    [InlineData("  통닭 ", 1)]
    [InlineData("\u1110\u1169\u11BC\u1103\u1161\u11B0", 1)]
    [InlineData("피자", 2)]
    [InlineData("iceamericano", 3)]
    public async Task A_dish_is_found_in_the_store_with_the_lowest_number_however_it_is_spelt(string item, long store)
    {
        var order = (await _shop.Place(Given.AnOrderFor(item))).Value;

        Assert.Equal(new StoreId(store), order.Details.Store);
        Assert.Equal(item.Trim(), order.Details.Lines[0].Item);
    }

    [Fact]
    public async Task A_chosen_store_sells_at_its_own_price()
    {
        var order = (await _shop.Place(Given.AnOrderFor("chicken") with { Store = new StoreId(2) })).Value;

        Assert.Equal(new Money(17_000), order.Details.Total);
    }

    [Fact]
    public async Task Several_dishes_come_from_the_first_store_that_has_them_all()
    {
        var order = (await _shop.Place(Given.AnOrderFor([new("chicken", 1, null), new("pizza", 1, null)]))).Value;

        Assert.Equal((new StoreId(2), new Money(37_000)), (order.Details.Store, order.Details.Total));
    }

    [Fact]
    public async Task All_dishes_must_be_on_the_menu_that_has_the_first()
    {
        var refusal = await Refused(Given.AnOrderFor([new("pizza", 1, null), new("cola", 1, null)]));

        Assert.Equal((ErrorKind.Invalid, "ITEM_UNKNOWN", "items[1].item"), (refusal.Kind, refusal.Reason, refusal.Field));
    }

    [Fact]
    public async Task An_unknown_store_is_named()
    {
        var refusal = await Refused(Given.AnOrderFor("chicken") with { Store = new StoreId(9) });

        Assert.Equal((ErrorKind.Invalid, "storeId"), (refusal.Kind, refusal.Field));
    }

    [Fact]
    public async Task A_dish_that_nobody_sells_is_named() => Assert.Equal("items[0].item", (await Refused(Given.AnOrderFor("dragon"))).Field);

    [Fact]
    public async Task A_sold_out_dish_cannot_be_ordered() => Assert.Equal("ITEM_SOLD_OUT", (await Refused(Given.AnOrderFor("duck"))).Reason);

    [Fact]
    public async Task Another_price_than_the_menus_is_answered_with_the_menus()
    {
        var refusal = await Refused(Given.AnOrderFor("chicken", price: 1));

        Assert.Equal((ErrorKind.Conflict, "PRICE_CHANGED", "18000"), (refusal.Kind, refusal.Reason, refusal.Expected));
    }

    [Theory]
    [InlineData(null, 3_000)]
    [InlineData(5L, 5)]
    [InlineData(100_000_000L, 100_000_000)]
    public async Task An_open_priced_dish_takes_the_callers_price(long? price, long total) =>
        Assert.Equal(new Money(total), (await _shop.Place(Given.AnOrderFor("IceAmericano", price: price))).Value.Details.Total);

    [Theory]
    [InlineData(null, 4_000)]
    [InlineData(1_000L, 1_000)]
    public async Task From_its_least_price_on(long? price, long total) =>
        Assert.Equal(new Money(total), (await _shop.Place(Given.AnOrderFor("latte", price: price))).Value.Details.Total);

    [Fact]
    public async Task A_price_below_the_least_is_refused_by_name()
    {
        var one = await Refused(Given.AnOrderFor("latte", price: 999));
        var second = await Refused(Given.AnOrderFor([new OrderItem("latte", 1, null), new OrderItem("latte", 1, 1)]));

        Assert.Equal((ErrorKind.Invalid, "PRICE_TOO_LOW", "items[0].unitPriceWon", "1000"), (one.Kind, one.Reason, one.Field, one.Expected));
        Assert.Equal("items[1].unitPriceWon", second.Field);
    }

    [Theory]
    [InlineData(0, null, "items[0].quantity")]
    [InlineData(-1, null, "items[0].quantity")]
    [InlineData(100, null, "items[0].quantity")]
    [InlineData(long.MaxValue, null, "items[0].quantity")]
    [InlineData(1, 0L, "items[0].unitPriceWon")]
    [InlineData(1, -5L, "items[0].unitPriceWon")]
    [InlineData(1, 100_000_001L, "items[0].unitPriceWon")]
    public async Task A_number_out_of_range_is_refused_by_name(long quantity, long? price, string field)
    {
        var refusal = await Refused(Given.AnOrderFor("IceAmericano", quantity, price));

        Assert.Equal((ErrorKind.Invalid, field), (refusal.Kind, refusal.Field));
    }

    [Fact]
    public async Task The_largest_order_fits()
    {
        var most = Enumerable.Repeat(new OrderItem("IceAmericano", 10, 2_000_000), 50).ToList();

        Assert.Equal(OrderDetails.MaxTotal, (await _shop.Place(Given.AnOrderFor(most))).Value.Details.Total);
        Assert.Equal("items", (await Refused(Given.AnOrderFor([.. most, most[0]]))).Field);
    }

    [Theory]
    [InlineData(11, 1)]
    [InlineData(99, 50)]
    public async Task More_than_can_be_paid_at_once_is_refused_as_the_total(long quantity, int lines)
    {
        var refusal = await Refused(Given.AnOrderFor([.. Enumerable.Repeat(new OrderItem("IceAmericano", quantity, 100_000_000), lines)]));

        Assert.Equal((ErrorKind.Invalid, "TOTAL_TOO_HIGH", "items"), (refusal.Kind, refusal.Reason, refusal.Field));
    }

    [Fact]
    public void What_an_order_may_come_to_is_what_a_payment_may_be_about() =>
        Assert.Equal(FoodDelivery.Payments.PaymentLimits.MaxWon, OrderDetails.MaxTotal.Won);

    [Fact]
    public async Task An_order_without_a_dish_is_refused()
    {
        Assert.Equal("items", (await Refused(Given.AnOrderFor([]))).Field);
        Assert.Equal("items[0].item", (await Refused(Given.AnOrderFor(" "))).Field);
        Assert.Equal("items[0].item", (await Refused(Given.AnOrderFor("\u200b"))).Field);
    }

    public static TheoryData<string> UnfitTexts => new(new string('a', 501), "tab\there", "null\0", "half \uD83C", "\uDF55 half", "del\u007F", "turned \u202E");

    [Theory]
    [MemberData(nameof(UnfitTexts), DisableDiscoveryEnumeration = true)]
    public async Task A_text_that_breaks_screens_or_encodings_is_refused_by_name(string text)
    {
        Assert.Equal("address", (await Refused(Given.AnOrderFor("chicken") with { Address = text })).Field);
        Assert.Equal("customerId", (await Refused(Given.AnOrderFor("chicken") with { Customer = text })).Field);
        Assert.Equal("membershipNumber", (await Refused(Given.AnOrderFor("chicken") with { MembershipNumber = text })).Field);
    }

    [Fact]
    public async Task Emoji_and_korean_are_kept_as_they_are()
    {
        const string address = "서울시 🍕 길 7";

        Assert.Equal(address, (await _shop.Place(Given.AnOrderFor("chicken") with { Address = address })).Value.Details.Address);
    }

    [Fact]
    public async Task Nothing_is_sold_from_an_empty_replica()
    {
        _shop.Menus.Menus.Clear();

        var refusal = await Refused(Given.AnOrderFor("chicken"));

        Assert.Equal((ErrorKind.Unavailable, "MENUS_NOT_READY"), (refusal.Kind, refusal.Reason));
    }

    [Fact]
    public async Task Nothing_is_sold_from_menus_without_a_dish()
    {
        _shop.Menus.Menus.Clear();
        _shop.Menus.Menus.Add(new Menu(new StoreId(1), [], revision: 1));

        Assert.Equal("MENUS_NOT_READY", (await Refused(Given.AnOrderFor("chicken"))).Reason);
    }

    private async Task<Error> Refused(PlaceOrder command)
    {
        var attempts = _shop.Ledger.Attempts;
        Assert.True((await _shop.Place(command)).IsError(out var refusal));
        Assert.Equal(attempts, _shop.Ledger.Attempts);
        return refusal;
    }
}
