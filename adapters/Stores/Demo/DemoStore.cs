using FoodDelivery.Stores;

namespace FoodDelivery.Adapters.Stores.Demo;

/// <summary>A store that exists in development, so that there is something to order from the first minute.</summary>
/// <param name="Store">The store.</param>
/// <param name="Dishes">Its first menu.</param>
internal sealed record DemoStore(Store Store, IReadOnlyList<DishDraft> Dishes)
{
    public static readonly IReadOnlyList<DemoStore> All = [Bapsang.Store, ChickenAndPizza.Store, MorningBakery.Store];

    internal static DishDraft Dish(long price, params string[] names) => new(Id: null, names, price);

    internal static DishDraft OpenPriced(long price, params string[] names) => new(Id: null, names, price, OpenPriced: true);

    internal static DishDraft SoldOut(long price, params string[] names) => new(Id: null, names, price, SoldOut: true);
}
