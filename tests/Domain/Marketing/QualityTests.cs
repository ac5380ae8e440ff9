using FoodDelivery.Kernel;
using FoodDelivery.Marketing;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Domain.Marketing;

/// <summary>In a town whose structure is known, the recommender finds it.</summary>
public sealed class QualityTests(ITestOutputHelper output)
{
    private static readonly MessageContext AnyCause = MessageContext.Event("any", "anyone");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_is_recommended_is_ordered_next_more_often_than_what_is_popular(int seed)
    {
        const int orders = 6_000;
        var town = new PlantedTown(seed, customers: 400, stores: 20);
        var tallies = new TalliesInMemory(PlantedTown.Decay, town.Menu);
        using var tallying = new TallyOrdersHandler(tallies);
        var hits = new Hits(town.Menu);

        foreach (var order in town.Orders(orders))
        {
            if (order.Id.Value > orders * 4 / 5)
            {
                var evidence = await tallies.About(order.Customer, Hits.Guesses, CancellationToken.None);
                hits.Count(order, Recommender.Recommend(evidence, Hits.Guesses).Dishes.Select(static one => one.Dish.Id), tallies.Popular());
            }

            await tallying.Handle(order, AnyCause, CancellationToken.None);
        }

        output.WriteLine($"hit rate {hits.Recommended:0.000}, of what is popular {hits.Popular:0.000}, at random {hits.AtRandom:0.000}");
        Assert.True(hits.Popular > 2 * hits.AtRandom, "Popularity is worth nothing in this town.");
        Assert.True(hits.Recommended > 1.5 * hits.Popular, $"{hits.Recommended:0.000} is not much better than {hits.Popular:0.000}.");
    }

    [Fact]
    public async Task The_planted_side_dish_is_recommended_with_its_reason()
    {
        var town = new PlantedTown(seed: 3, customers: 400, stores: 20);
        var tallies = new TalliesInMemory(PlantedTown.Decay, town.Menu);
        using var tallying = new TallyOrdersHandler(tallies);
        foreach (var order in town.Orders(8_000))
            await tallying.Handle(order, AnyCause, CancellationToken.None);
        var main = tallies.Popular().First(static dish => dish.Number <= 12);
        var guest = new FoodDelivery.Marketing.PlacedOrder(new OrderId(9_999), main.Store, "guest", [main], PlantedTown.Start.AddDays(60));

        await tallying.Handle(guest, AnyCause, CancellationToken.None);
        var recommended = Recommender.Recommend(await tallies.About("guest", 5, CancellationToken.None), 5);

        var side = recommended.Dishes.Single(one => one.Dish.Id == PlantedTown.SideOf(main));
        Assert.Equal(ReasonCode.OftenOrderedWith, side.Reason.Code);
        Assert.Contains($"dish {main.Store}-{main.Number}", side.Reason.En, StringComparison.Ordinal);
    }
}
