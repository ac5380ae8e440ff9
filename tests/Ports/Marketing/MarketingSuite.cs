using FoodDelivery.Kernel;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Marketing;

/// <summary>What every store of counts, menus and coupons must do; an adapter's tests derive from it and open theirs.</summary>
public abstract class MarketingSuite : IAsyncLifetime
{
    private static readonly StoreId Store = new(2);
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow().TruncateToMilliseconds();
    private static readonly DishId Chicken = new(Store, 1);
    private static readonly DishId Radish = new(Store, 2);
    private static readonly DishId Pizza = new(Store, 3);

    private IServiceProvider _stores = null!;
    private IAsyncDisposable? _owner;

    private ITallies Tallies => _stores.GetRequiredService<ITallies>();

    private ICoupons Coupons => _stores.GetRequiredService<ICoupons>();

    private TallyOrdersHandler Tallying => _stores.GetRequiredService<TallyOrdersHandler>();

    /// <summary>Empty stores, and what is to be disposed of after the test.</summary>
    protected abstract Task<(IServiceProvider Stores, IAsyncDisposable Owner)> Open();

    public async Task InitializeAsync()
    {
        (_stores, _owner) = await Open();
        await Menu(1, [Chicken, Radish, Pizza]);
    }

    public async Task DisposeAsync()
    {
        if (_owner is not null)
            await _owner.DisposeAsync();
    }

    [SuiteFact]
    public async Task Counts_pairs_and_tastes_are_kept_and_found_again()
    {
        await Place(1, "김철수 🍗", Chicken, Radish);
        await Place(2, "김철수 🍗", Pizza);
        await Place(3, "lee", Chicken);

        var own = await About("김철수 🍗");
        Assert.Equal([Chicken, Radish, Pizza], own.Favourites.Select(static known => known.Dish).Order());
        Assert.All(own.Favourites, static known => Assert.Equal(1, known.Times));
        Assert.Equal(2 * own.Dishes[Radish].Popularity, own.Dishes[Chicken].Popularity, 0.001);
        Assert.Equal("치킨무", own.Dishes[Radish].Dish.KoreanName);
        var together = own.Pairs.Single(static pair => pair.Pair == new Pair(Chicken, Radish));
        var apart = own.Pairs.Single(static pair => pair.Pair == new Pair(Chicken, Pizza));
        Assert.Equal(together.Weight / 2, apart.Weight, 0.001);
        Assert.Equal(own.Pairs.Select(static pair => (pair.Pair.With, pair.Pair.Dish)).Order(), own.Pairs.Select(static pair => (pair.Pair.Dish, pair.Pair.With)).Order());
        Assert.Empty((await About("nobody")).Favourites);
        Assert.Equal(3, (await About("")).Dishes.Count);
    }

    [SuiteFact]
    public async Task An_order_counts_once_and_leaves_nothing_when_it_is_taken_back()
    {
        await Place(1, "kim", Chicken);
        var before = await About("kim");
        await Place(2, "kim", Chicken, Radish);
        await Place(2, "kim", Chicken, Radish);
        Assert.Equal(2, (await About("kim")).Favourites[0].Times);

        await TakeBack(2);
        await TakeBack(2);
        await Place(2, "kim", Chicken, Radish);

        var after = await About("kim");
        Assert.Equal(before.Favourites.Select(static known => (known.Dish, known.Times)), after.Favourites.Select(static known => (known.Dish, known.Times)));
        Assert.Equal(before.Dishes[Chicken].Popularity, after.Dishes[Chicken].Popularity, 0.001);
        Assert.Empty(after.Pairs);
        Assert.Equal(before.Stores[Store], after.Stores[Store], 0.001);
    }

    [SuiteFact]
    public async Task An_order_that_is_taken_back_before_it_comes_never_counts()
    {
        await TakeBack(1);
        await Place(1, "kim", Chicken);

        Assert.Empty((await About("kim")).Dishes);
    }

    [SuiteFact]
    public async Task Orders_of_one_customer_at_once_are_all_counted()
    {
        await Task.WhenAll(Enumerable.Range(1, 40).Select(order => Place(order, "kim", Chicken, Radish)));
        await Task.WhenAll(Enumerable.Range(1, 20).Select(order => TakeBack(order)));

        Assert.All((await About("kim")).Favourites, static known => Assert.Equal(20, known.Times));
    }

    [SuiteFact]
    public async Task Counts_are_built_anew_beside_those_that_serve()
    {
        await Place(1, "kim", Chicken);
        var rebuild = await Tallies.BeginRebuild(Now, default);
        Assert.Equal(rebuild, await Tallies.BeginRebuild(Now.AddDays(1), default));
        Assert.Single((await About("kim")).Favourites);

        await Place(2, "kim", Pizza);
        Assert.Equal(2, (await About("kim")).Favourites.Count);
        Assert.Equal([TallyState.Counted, TallyState.Counted], (await Tallies.Load(new OrderId(2), "kim", default)).Select(static sheet => sheet.State));
        Assert.Equal([TallyState.Counted, TallyState.None], (await Tallies.Load(new OrderId(1), "kim", default)).OrderBy(static sheet => sheet.Generation).Select(static sheet => sheet.State));

        await Tallies.CompleteRebuild(rebuild, default);
        await Tallies.CompleteRebuild(rebuild, default);

        Assert.Equal([Pizza], (await About("kim")).Favourites.Select(static known => known.Dish));
        Assert.Null(await Tallies.CurrentRebuild(default));
        Assert.Equal(rebuild.Generation, Assert.Single(await Tallies.Load(new OrderId(2), "kim", default)).Generation);
    }

    [SuiteFact]
    public async Task Only_the_newest_menu_is_known_and_what_is_sold_out_is_only_known_to_those_who_order_it()
    {
        await Place(1, "kim", Chicken, Radish, Pizza);
        await Menu(3, [Chicken, Radish], soldOut: Radish);
        await Menu(2, [Pizza]);

        Assert.Equal([Chicken], (await About("nobody")).Dishes.Keys);
        var own = await About("kim");
        Assert.Equal([Chicken, Radish], own.Dishes.Keys.Order());
        Assert.True(own.Dishes[Radish].Dish.SoldOut);
        Assert.DoesNotContain(own.Pairs, static pair => pair.Pair.With != Chicken);
    }

    [SuiteFact]
    public async Task A_coupon_is_issued_once_and_found_by_number_customer_and_order()
    {
        var cause = MessageContext.Event("one", "coupons");
        await Coupons.Issue(Coupon(7, "kim"), cause, default);
        await Coupons.Issue(Coupon(7, "kim"), cause, default);
        await Coupons.Issue(Coupon(7, "kim"), MessageContext.Event("another", "coupons"), default);
        await Coupons.Issue(Coupon(8, "lee"), MessageContext.Event("third", "coupons"), default);

        var all = await Coupons.List(new CouponFilter(null, null), 0, 0, 10, default);
        Assert.Equal([7L, 8], all.Select(static coupon => coupon.Order.Value));
        Assert.Equal(Coupon(7, "kim") with { Number = all[0].Number }, await Coupons.Find(all[0].Number, default));
        Assert.Equal(8, Assert.Single(await Coupons.List(new CouponFilter("lee", null), 0, 0, 10, default)).Order.Value);
        Assert.Empty(await Coupons.List(new CouponFilter("lee", new OrderId(7)), 0, 0, 10, default));
        Assert.Equal([8L], (await Coupons.List(new CouponFilter(null, null), all[0].Number, 0, 10, default)).Select(static coupon => coupon.Order.Value));
        Assert.Equal(1, await Coupons.Count(new CouponFilter(null, null), cap: 1, default));
        Assert.Equal(2, await Coupons.Count(new CouponFilter(null, null), cap: 10, default));
        Assert.Null(await Coupons.Find(all[1].Number + 1, default));
    }

    private static Coupon Coupon(long order, string customer) => new(0, new OrderId(order), Store, customer, 10, Now, Now.AddDays(30));

    private Task Place(long order, string customer, params DishId[] dishes) =>
        Tallying.Handle(new PlacedOrder(new OrderId(order), Store, customer, dishes, Now), MessageContext.Event($"placed {order}", "orders"), default);

    private Task TakeBack(long order) => Tallying.Handle(new OrderUndone(new OrderId(order)), MessageContext.Event($"undone {order}", "orders"), default);

    private Task<Evidence> About(string customer) => _stores.GetRequiredService<IEvidence>().About(customer, 10, default);

    private Task Menu(long revision, IEnumerable<DishId> dishes, DishId? soldOut = null) => _stores.GetRequiredService<IMenus>().Replace(
        new MenuChanged(Store, [.. dishes.Select(dish => new MenuDish(dish, Names(dish), new Money(1_000), dish == soldOut))], revision), default);

    private static IReadOnlyList<string> Names(DishId dish) => dish == Chicken ? ["통닭", "chicken"] : dish == Radish ? ["치킨무"] : ["피자"];
}
