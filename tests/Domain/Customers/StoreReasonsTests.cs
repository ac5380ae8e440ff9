using FoodDelivery.Customers;
using FoodDelivery.Tests.Domain.Stores;

namespace FoodDelivery.Tests.Domain.Customers;

/// <summary>What the stores' software says is read in the customer's language, whatever state it says it of.</summary>
public sealed class StoreReasonsTests
{
    [Theory]
    [InlineData(Step.Accept)]
    [InlineData(Step.Accept, Step.StartCooking)]
    [InlineData(Step.Accept, Step.StartCooking, Step.FinishCooking)]
    [InlineData(Step.Accept, Step.StartCooking, Step.FinishCooking, Step.HandOver)]
    [InlineData(Step.Reject)]
    public async Task A_cafe_declines_in_Korean(params Step[] steps) => ReadsKorean(await Kitchen.Cafe().Given([Step.Place, .. steps, Step.AskToCancel]));

    [Theory]
    [InlineData(Step.StartDelivery)]
    [InlineData(Step.StartDelivery, Step.FinishDelivery)]
    public async Task A_restaurant_declines_in_Korean(params Step[] steps) => ReadsKorean(
        await Kitchen.Restaurant().Given([Step.Place, Step.Accept, Step.StartCooking, Step.FinishCooking, .. steps, Step.AskToCancel]));

    private static void ReadsKorean(Kitchen kitchen)
    {
        var decided = Assert.Single(kitchen.Declined);
        var declined = Given.Changed(3, OrderStatus.CancelDeclined, decided.Reason) with { ReasonCode = decided.ReasonCode };
        Assert.DoesNotContain(Wording.ForCustomer(declined, Language.Korean).Text, char.IsAsciiLetter);
        Assert.EndsWith(declined.Change.Reason, Wording.ForCustomer(declined, Language.English).Text, StringComparison.Ordinal);
    }
}
