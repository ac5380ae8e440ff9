using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Marketing;

namespace FoodDelivery.Tests.Domain.Marketing;

/// <summary>How often a guess of five dishes has one that is ordered next.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Nobody must guess these numbers; they must come again.")]
internal sealed class Hits(IReadOnlyList<MenuDish> menu)
{
    public const int Guesses = 5;

    private readonly Random _random = new(7);
    private int _recommended;
    private int _popular;
    private int _atRandom;
    private int _orders;

    public double Recommended => (double)_recommended / _orders;

    public double Popular => (double)_popular / _orders;

    public double AtRandom => (double)_atRandom / _orders;

    public void Count(PlacedOrder next, IEnumerable<DishId> recommended, IEnumerable<DishId> popular)
    {
        _orders++;
        _recommended += Hit(recommended);
        _popular += Hit(popular);
        _atRandom += Hit(Enumerable.Range(0, Guesses).Select(_ => menu[_random.Next(menu.Count)].Id));

        int Hit(IEnumerable<DishId> guessed) => guessed.Take(Guesses).Any(next.Dishes.Contains) ? 1 : 0;
    }
}
