using FoodDelivery.Kernel;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Tests.Domain.Marketing;

public sealed class RebuildingTests : IDisposable
{
    private static readonly MessageContext AnyCause = MessageContext.Event("any", "anyone");
    private readonly TalliesInMemory _tallies = new(PlantedTown.Decay, []);
    private readonly TallyOrdersHandler _tallying;

    public RebuildingTests() => _tallying = new TallyOrdersHandler(_tallies);

    public void Dispose() => _tallying.Dispose();

    [Fact]
    public async Task Rebuilt_counts_have_what_was_lost_and_what_happened_meanwhile()
    {
        await Place(1);
        _tallies.Serving.Stores.Clear();
        var rebuilding = new RebuildTalliesHandler(_tallies, new Past(this), PlantedTown.Decay.HalfLife, new Clock(PlantedTown.Start));

        await rebuilding.Begin(CancellationToken.None);
        Assert.True(await rebuilding.Continue(CancellationToken.None));

        Assert.Equal(2, _tallies.Serving.Stores[new StoreId(1)].Times);
        Assert.Equal(2, _tallies.Serving.Generation);
        Assert.False(await rebuilding.Continue(CancellationToken.None));
    }

    [Fact]
    public async Task Another_half_life_and_a_landmark_of_long_ago_count_anew_by_themselves()
    {
        await Place(1);
        Assert.False(await CountsAnew(PlantedTown.Decay.HalfLife, PlantedTown.Start));
        Assert.True(await CountsAnew(TimeSpan.FromDays(1), PlantedTown.Start));
        Assert.True(await CountsAnew(PlantedTown.Decay.HalfLife, PlantedTown.Start.AddYears(11)));

        async Task<bool> CountsAnew(TimeSpan halfLife, DateTimeOffset now)
        {
            var rebuilding = new RebuildTalliesHandler(_tallies, new Past(this), halfLife, new Clock(now));
            return await rebuilding.IsUnderWay(CancellationToken.None) && await rebuilding.Continue(CancellationToken.None);
        }
    }

    private Task Place(long number) => _tallying.Handle(
        new PlacedOrder(new OrderId(number), new StoreId(1), "kim", [new DishId(new StoreId(1), 1)], PlantedTown.Start), AnyCause, CancellationToken.None);

    /// <summary>Two orders are placed and one of them is cancelled; a third is placed while they are replayed.</summary>
    private sealed class Past(RebuildingTests test) : IOrderHistory
    {
        public async Task Replay(CancellationToken cancellation)
        {
            await test.Place(1);
            await test.Place(3);
            await test._tallying.Handle(new OrderUndone(new OrderId(2)), AnyCause, cancellation);
            await test.Place(2);
        }
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
