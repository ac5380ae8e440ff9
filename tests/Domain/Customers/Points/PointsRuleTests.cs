using FoodDelivery.Customers;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Customers.Points;

public sealed class PointsRuleTests
{
    [Theory]
    [InlineData(100, 18_000, 180)]
    [InlineData(100, 99, 0)]
    [InlineData(100, 4_999, 49)]
    [InlineData(250, 10_000, 250)]
    [InlineData(0, 10_000, 0)]
    [InlineData(10_000, long.MaxValue, long.MaxValue)]
    public void A_part_of_the_price_fractions_dropped(int basisPoints, long won, long points) =>
        Assert.Equal(points, (PointsRule.Default with { BasisPoints = basisPoints }).For(new StoreId(1), new Money(won), []));

    [Fact]
    public void Or_one_for_each_item_where_the_store_wants_that()
    {
        var rule = new PointsRule(100, static store => store.Value == 3);
        OrderLine[] lines = [new("IceAmericano", 3, new Money(2_500), 1), new("cake", 1, new Money(5_000), 2)];

        Assert.Equal(4, rule.For(new StoreId(3), new Money(12_500), lines));
        Assert.Equal(125, rule.For(new StoreId(2), new Money(12_500), lines));
    }
}
