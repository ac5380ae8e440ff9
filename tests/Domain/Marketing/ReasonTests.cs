using FoodDelivery.Kernel;
using FoodDelivery.Marketing;

namespace FoodDelivery.Tests.Domain.Marketing;

public sealed class ReasonTests
{
    [Theory]
    [InlineData("통닭", "통닭과 함께 자주 주문돼요")]
    [InlineData("피자", "피자와 함께 자주 주문돼요")]
    [InlineData("cake", "cake와(과) 함께 자주 주문돼요")]
    public void Korean_says_and_as_the_dish_ends(string name, string sentence) =>
        Assert.Equal(sentence, Reason.Together(new MenuDish(new DishId(new StoreId(1), 1), [name], Money.Zero, false)).Ko);

    [Fact]
    public void Each_language_calls_a_dish_by_its_own_name()
    {
        var dish = new MenuDish(new DishId(new StoreId(1), 1), ["pizza", "피자"], Money.Zero, false);

        Assert.Equal("피자와 함께 자주 주문돼요", Reason.Together(dish).Ko);
        Assert.Equal("often ordered with pizza", Reason.Together(dish).En);
    }
}
