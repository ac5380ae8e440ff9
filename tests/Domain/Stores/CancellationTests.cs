using FoodDelivery.Stores;

namespace FoodDelivery.Tests.Domain.Stores;

public sealed class CancellationTests
{
    private static readonly Step[] ToCooked = [Step.Place, Step.Accept, Step.StartCooking, Step.FinishCooking];

    [Fact]
    public async Task A_cafe_gives_way_until_it_has_accepted()
    {
        Assert.Contains(TicketStatus.Cancelled, (await Kitchen.Cafe().Given(Step.Place, Step.AskToCancel)).Statuses);

        var kitchen = await Kitchen.Cafe().Given(Step.Place, Step.Accept, Step.AskToCancel);
        Assert.Equal("The order is already accepted.", Assert.Single(kitchen.Declined).Reason);
        Assert.Equal(2, (await kitchen.Ticket())!.Version);
    }

    [Fact]
    public async Task A_restaurant_gives_way_until_the_delivery_has_started()
    {
        var gaveWay = await Kitchen.Restaurant().Given([.. ToCooked, Step.AskToCancel]);
        Assert.Equal((TicketStatus.Cancelled, "too long"), ((await gaveWay.Ticket())!.Status, (await gaveWay.Ticket())!.Reason));
        Assert.Equal(DeliveryStatus.Cancelled, (await gaveWay.Ticket())!.Delivery!.Status);

        var left = await Kitchen.Restaurant().Given([.. ToCooked, Step.StartDelivery, Step.AskToCancel]);
        Assert.Equal("The order is already being delivered.", Assert.Single(left.Declined).Reason);
    }

    [Fact]
    public async Task A_request_about_an_ended_ticket_is_answered_too()
    {
        var kitchen = await Kitchen.Restaurant().Given([.. ToCooked, Step.HandOver, Step.AskToCancel]);

        Assert.Equal("The order is already picked up.", Assert.Single(kitchen.Declined).Reason);
    }

    [Theory]
    [InlineData(new[] { Step.Place, Step.Accept }, "The order is already accepted.", "ALREADY_ACCEPTED")]
    [InlineData(new[] { Step.Place, Step.Accept, Step.StartCooking }, "The order is already being cooked.", "ALREADY_COOKING")]
    [InlineData(new[] { Step.Place, Step.Accept, Step.StartCooking, Step.FinishCooking }, "The order is already cooked.", "ALREADY_COOKED")]
    [InlineData(new[] { Step.Place, Step.Accept, Step.StartCooking, Step.FinishCooking, Step.HandOver }, "The order is already picked up.", "ALREADY_PICKED_UP")]
    [InlineData(new[] { Step.Place, Step.Reject }, "The order is already rejected.", "ALREADY_REJECTED")]
    public async Task A_declined_request_says_why_to_people_and_to_programs(Step[] given, string reason, string code)
    {
        var kitchen = await Kitchen.With(StoreKind.Restaurant, CancellationRule.UntilAccepted).Given([.. given, Step.AskToCancel]);

        var declined = Assert.Single(kitchen.Declined);
        Assert.Equal((reason, code), (declined.Reason, declined.ReasonCode));
    }

    [Fact]
    public async Task A_delivery_that_has_started_or_ended_has_its_own_code()
    {
        Step[] toDelivering = [.. ToCooked, Step.StartDelivery];

        Assert.Equal("ALREADY_DELIVERING", Assert.Single((await Kitchen.Restaurant().Given([.. toDelivering, Step.AskToCancel])).Declined).ReasonCode);
        Assert.Equal("ALREADY_DELIVERED", Assert.Single((await Kitchen.Restaurant().Given([.. toDelivering, Step.FinishDelivery, Step.AskToCancel])).Declined).ReasonCode);
    }

    [Fact]
    public async Task A_cancelled_order_voids_its_ticket_even_on_the_way() =>
        Assert.Equal(TicketStatus.Cancelled, (await Kitchen.Restaurant().Given([.. ToCooked, Step.StartDelivery, Step.Cancel])).Statuses.Last());

    [Fact]
    public async Task An_acceptance_that_is_faster_than_the_cancellation_wins()
    {
        var kitchen = await Kitchen.Cafe().Given(Step.Place);
        kitchen.Tickets.BeforeNextSave = async () => Assert.Null(await kitchen.When(Step.Accept));

        await kitchen.When(Step.AskToCancel);

        Assert.Equal([TicketStatus.Opened, TicketStatus.Accepted], kitchen.Statuses);
        Assert.Single(kitchen.Declined);
    }

    [Fact]
    public async Task A_cancellation_that_is_faster_than_the_acceptance_wins()
    {
        var kitchen = await Kitchen.Cafe().Given(Step.Place);
        kitchen.Tickets.BeforeNextSave = () => kitchen.When(Step.AskToCancel);

        Assert.Equal("ALREADY_CANCELLED", (await kitchen.When(Step.Accept))!.Reason);

        Assert.Equal([TicketStatus.Opened, TicketStatus.Cancelled], kitchen.Statuses);
        Assert.Empty(kitchen.Declined);
    }
}
