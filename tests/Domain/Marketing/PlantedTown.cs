using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Kernel;
using FoodDelivery.Marketing;

namespace FoodDelivery.Tests.Domain.Marketing;

/// <summary>
/// A town whose orders have a structure that is known: customers in circles of like taste, each with favourites of its own; main dishes that
/// are eaten with a certain side dish; a few dishes that are everybody's; and taste that drifts. The same seed gives the same town.
/// </summary>
[SuppressMessage("Security", "CA5394", Justification = "Nobody must guess these numbers; they must come again.")]
internal sealed class PlantedTown
{
    private const int Mains = 12;
    private const int Sides = 4;
    private const int Circles = 24;
    private const int DishesOfCircle = 14;
    private const int OwnFavourites = 3;
    private static readonly TimeSpan Span = TimeSpan.FromDays(60);

    private readonly Random _random;
    private readonly int _stores;
    private readonly DishId[][] _circles;
    private readonly DishId[] _everybodys;

    public PlantedTown(int seed, int customers, int stores)
    {
        (_random, _stores, Customers) = (new Random(seed), stores, customers);
        Menu =
        [
            .. Enumerable.Range(1, stores).SelectMany(static store => Enumerable.Range(1, Mains + Sides).Select(number => new MenuDish(
                new DishId(new StoreId(store), number), [$"{(number > Mains ? "곁들임" : "요리")} {store}-{number}", $"dish {store}-{number}"], new Money(10_000), SoldOut: false))),
        ];
        _circles = [.. Enumerable.Range(0, Circles).Select(_ => Enumerable.Range(0, DishesOfCircle).Select(_ => AnyMain()).ToArray())];
        _everybodys = [.. Enumerable.Range(0, 10).Select(_ => AnyMain())];
    }

    public static DateTimeOffset Start { get; } = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    public static Decay Decay { get; } = new(Start, TimeSpan.FromDays(7));

    public int Customers { get; }

    public IReadOnlyList<MenuDish> Menu { get; }

    /// <summary>The side dish that goes with a main dish; it is the store's.</summary>
    public static DishId SideOf(DishId main) => main with { Number = Mains + 1 + (main.Number + main.Store.Value) % Sides };

    /// <summary>Orders in the order of their time, for the whole span.</summary>
    public IEnumerable<PlacedOrder> Orders(int count)
    {
        var favourites = new DishId[Customers][];
        for (var number = 1; number <= count; number++)
        {
            // The square makes few customers order often and many seldom.
            var customer = (int)(Customers * _random.NextDouble() * Math.Sqrt(_random.NextDouble()));
            var own = favourites[customer] ??= [.. Enumerable.Range(0, OwnFavourites).Select(_ => OfCircle(customer))];
            Drift(customer, own);
            var main = Choose(customer, own);
            DishId[] dishes = _random.NextDouble() < 0.5 ? [main, SideOf(main)] : [main];
            yield return new PlacedOrder(new OrderId(number), main.Store, Name(customer), dishes, Start + Span * ((double)number / count));
        }
    }

    public static string Name(int customer) => $"customer-{customer}";

    private DishId Choose(int customer, DishId[] own) => _random.NextDouble() switch
    {
        < 0.4 => own[_random.Next(own.Length)],
        < 0.75 => OfCircle(customer),
        < 0.95 => _everybodys[(int)(_everybodys.Length * _random.NextDouble() * _random.NextDouble())],
        _ => AnyMain(),
    };

    private void Drift(int customer, DishId[] own)
    {
        if (_random.NextDouble() < 0.04)
            own[_random.Next(own.Length)] = OfCircle(customer);
        if (_random.NextDouble() < 20.0 / (Customers * 10))
            _circles[customer % Circles][_random.Next(DishesOfCircle)] = AnyMain();
        if (_random.NextDouble() < 2.0 / (Customers * 10))
            _everybodys[_random.Next(_everybodys.Length)] = AnyMain();
    }

    private DishId OfCircle(int customer) => _circles[customer % Circles][_random.Next(DishesOfCircle)];

    private DishId AnyMain() => new(new StoreId(_random.Next(1, _stores + 1)), _random.Next(1, Mains + 1));
}
