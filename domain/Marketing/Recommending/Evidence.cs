using System.Runtime.InteropServices;

namespace FoodDelivery.Marketing.Recommending;

/// <summary>What recommendations to one customer are made of. All weights are sums of <see cref="Decay.Weight"/>, so that only their ratios mean anything.</summary>
/// <param name="Favourites">The customer's own dishes, heaviest first.</param>
/// <param name="Pairs">What goes with them, as far as it can be ordered.</param>
/// <param name="Dishes">The dishes of both and the popular ones, as far as they are on a menu.</param>
/// <param name="Stores">The popular stores that sell anything today, and their weights.</param>
public sealed record Evidence(
    IReadOnlyList<Favourite> Favourites,
    IReadOnlyList<Association> Pairs,
    IReadOnlyDictionary<DishId, KnownDish> Dishes,
    IReadOnlyDictionary<StoreId, double> Stores);

/// <summary>Two dishes that are ordered together.</summary>
/// <param name="Pair">The customer's dish and the other.</param>
/// <param name="Weight">How much they are.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Association(Pair Pair, double Weight);

/// <summary>A dish and how much everybody orders it.</summary>
public sealed record KnownDish(MenuDish Dish, double Popularity);
