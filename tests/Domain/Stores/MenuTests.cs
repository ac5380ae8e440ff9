using FoodDelivery.Kernel;
using FoodDelivery.Stores;

namespace FoodDelivery.Tests.Domain.Stores;

public sealed class MenuTests
{
    private static readonly StoreId Here = new(1);
    private readonly InMemoryMenus _menus = new();
    private readonly InMemoryStores _stores = new();

    public static TheoryData<string, DishDraft[]> Faults => new()
    {
        { "dishes", [] },
        { "dishes", [.. Enumerable.Range(1, 501).Select(static number => Dish($"dish {number}"))] },
        { "dishes[0].priceWon", [Dish("cake") with { Price = 0 }] },
        { "dishes[0].priceWon", [Dish("cake") with { Price = -1 }] },
        { "dishes[1].priceWon", [Dish("cake"), Dish("donut") with { Price = 100_000_001 }] },
        { "dishes[0].minPriceWon", [Dish("coffee") with { OpenPriced = true, MinPrice = -1 }] },
        { "dishes[0].minPriceWon", [Dish("coffee") with { OpenPriced = true, Price = 1_000, MinPrice = 1_001 }] },
        { "dishes[0].minPriceWon", [Dish("cake") with { MinPrice = 1 }] },
        { "dishes[0].names", [Dish(" ")] },
        { "dishes[0].names", [Dish("a\nb")] },
        { "dishes[0].names", [Dish("cake", "\u200B")] },
        { "dishes[0].names", [Dish("\u3164")] },
        { "dishes[0].names", [Dish("cake\u202E")] },
        { "dishes[0].names", [Dish(new string('a', 101))] },
        { "dishes[0].names", [Dish("cake") with { Names = [] }] },
        { "dishes[1].names", [Dish("피자", "pizza"), Dish("치즈피자", " PIZZA ")] },
        { "dishes[1].names", [Dish("통닭"), Dish("\u1110\u1169\u11BC\u1103\u1161\u11B0")] },
        { "dishes[1].names", [Dish("pizza"), Dish("ＰＩＺＺＡ")] },
        { "dishes[1].names", [Dish("치킨"), Dish("치\u200B킨")] },
        { "dishes[1].names", [Dish("cafe\u0301"), Dish("CAF\u00C9")] },
        { "dishes[0].dishId", [Dish("cake") with { Id = 0 }] },
        { "dishes[0].dishId", [Dish("cake") with { Id = 1_000_000_001 }] },
        { "dishes[1].dishId", [Dish("cake") with { Id = 3 }, Dish("donut") with { Id = 3 }] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_menu_is_refused_by_field(string field, DishDraft[] dishes)
    {
        var outcome = await Update(dishes);

        Assert.Equal((ErrorKind.Invalid, field), (outcome.Error!.Kind, outcome.Error.Field));
        Assert.Empty(_menus.Published);
    }

    [Fact]
    public async Task The_dearest_dish_and_the_longest_menu_are_accepted() => Assert.Equal(
        500,
        (await Update([.. Enumerable.Range(1, 500).Select(static number => Dish($"dish {number}") with { Price = 100_000_000 })])).Value.Dishes.Count);

    [Fact]
    public async Task A_new_menu_is_published_whole_under_the_next_revision()
    {
        await Update(Dish("통닭", "chicken"));
        await Update(Dish("피자"), Dish("donut"));

        var changed = _menus.Published.Cast<MenuChanged>().ToList();
        Assert.Equal([1, 2], changed.Select(static menu => menu.Revision));
        Assert.Equal("피자, donut", string.Join(", ", changed[1].Dishes.Select(static dish => dish.Names[0])));
    }

    [Fact]
    public async Task A_dish_keeps_its_number_and_a_number_is_never_given_twice()
    {
        await Update(Dish("통닭", "chicken"), Dish("피자", "pizza"));
        await Update(Dish("donut"), Dish("Chicken"));
        var menu = (await Update(Dish("피자"), Dish("CHICKEN"))).Value;

        Assert.Equal([4, 1], menu.Dishes.Select(static dish => dish.Id));
    }

    [Fact]
    public async Task A_menu_that_was_read_can_be_handed_in_again_whatever_its_numbers()
    {
        await Update(Dish("cake") with { Id = 1_000_000_000 });
        var menu = (await Update(Dish("cake"), Dish("donut"))).Value;
        Assert.Equal([1_000_000_000, 1_000_000_001], menu.Dishes.Select(static dish => dish.Id));

        var again = await Update([.. menu.Dishes.Select(static dish => new DishDraft(dish.Id, [.. dish.Names.Select(static name => name.Text)], dish.Price.Won))]);

        Assert.Equal([1_000_000_000, 1_000_000_001], again.Value.Dishes.Select(static dish => dish.Id));
    }

    [Fact]
    public void A_menu_on_which_two_dishes_look_alike_already_can_be_handed_in_again()
    {
        Dish Sold(long id, string name) => new(id, [DishName.Of(name)], new Money(5_000), OpenPriced: false, SoldOut: false);
        var menu = Menu.Restore(Here, [Sold(1, "pizza"), Sold(2, "ＰＩＺＺＡ")], lastDishId: 2, revision: 1);

        Assert.Null(menu.Replace([Dish("pizza"), Dish("ＰＩＺＺＡ")]).Error);
        Assert.Equal("dishes[2].names", menu.Replace([Dish("pizza"), Dish("ＰＩＺＺＡ"), Dish("ｐizza")]).Error?.Field);
    }

    [Fact]
    public async Task An_owner_who_saw_an_older_revision_overwrites_nothing()
    {
        await Update(Dish("cake"));
        await Update(Dish("donut"));

        await Assert.ThrowsAsync<ConcurrencyException>(() => Handle(new UpdateMenu(Here, [Dish("pie")], Revision: 1)));
        Assert.Equal(3, (await Handle(new UpdateMenu(Here, [Dish("pie")], Revision: 2))).Value.Version);
    }

    [Fact]
    public async Task A_store_that_does_not_exist_has_no_menu_to_replace() =>
        Assert.Equal("STORE_NOT_FOUND", (await new UpdateMenuHandler(_menus, _stores).Handle(
            new UpdateMenu(Here, [Dish("cake")]), AccessScope.Everything, MessageContext.Command("1"), CancellationToken.None)).Error!.Reason);

    [Fact]
    public async Task A_store_opens_once_and_keeps_the_menu_it_has()
    {
        await Open(Dish("cake"));
        await Update(Dish("donut"));
        await Open(Dish("cake"));

        Assert.Equal(2, _menus.Published.Count);
        Assert.Equal("donut", (await _menus.Find(Here, CancellationToken.None))!.Dishes[0].Names[0].Text);
    }

    private static StoreProfile Profile => new("Store", StoreKind.Cafe, CancellationRule.UntilAccepted);

    private static DishDraft Dish(params string[] names) => new(null, names, 5_000);

    private Task<Result<Menu>> Open(params DishDraft[] dishes) => new OpenStoreHandler(_stores, _menus).Handle(
        new OpenStore(Here, Profile, dishes), MessageContext.Command("open"), CancellationToken.None);

    private Task<Result<Menu>> Update(params DishDraft[] dishes) => Handle(new UpdateMenu(Here, dishes));

    private async Task<Result<Menu>> Handle(UpdateMenu command)
    {
        _stores.Put(Store.Open(Here, Profile));
        return await new UpdateMenuHandler(_menus, _stores).Handle(command, AccessScope.Everything, MessageContext.Command("update"), CancellationToken.None);
    }
}
