using FoodDelivery.Kernel;
using FoodDelivery.Stores;

namespace FoodDelivery.Tests.Domain.Stores;

public sealed class TicketTests
{
    private static readonly Step[] ToAccepted = [Step.Place, Step.Accept];
    private static readonly Step[] ToCooked = [.. ToAccepted, Step.StartCooking, Step.FinishCooking];
    private static readonly Step[] ToDelivering = [.. ToCooked, Step.StartDelivery];

    public static TheoryData<Step[], Step, string> IllegalMoves => new()
    {
        { [Step.Place], Step.StartCooking, "NOT_YET_ACCEPTED" },
        { [Step.Place], Step.HandOver, "NOT_YET_COOKED" },
        { ToAccepted, Step.Accept, "ALREADY_ACCEPTED" },
        { ToAccepted, Step.Reject, "ALREADY_ACCEPTED" },
        { ToAccepted, Step.FinishCooking, "NOT_YET_COOKING" },
        { ToAccepted, Step.StartDelivery, "NOT_YET_COOKED" },
        { ToCooked, Step.Accept, "ALREADY_ACCEPTED" },
        { ToCooked, Step.StartCooking, "ALREADY_COOKING" },
        { ToCooked, Step.FinishDelivery, "NOT_YET_DELIVERING" },
        { ToDelivering, Step.HandOver, "ALREADY_DELIVERING" },
        { ToDelivering, Step.StartDelivery, "ALREADY_DELIVERING" },
        { [.. ToDelivering, Step.FinishDelivery], Step.FinishDelivery, "ALREADY_DELIVERED" },
        { [.. ToCooked, Step.HandOver], Step.Accept, "ALREADY_PICKED_UP" },
        { [Step.Place, Step.Reject], Step.Accept, "ALREADY_REJECTED" },
        { [Step.Place, Step.AskToCancel], Step.Accept, "ALREADY_CANCELLED" },
    };

    [Theory]
    [MemberData(nameof(IllegalMoves))]
    public async Task An_illegal_move_is_refused_with_a_stable_reason(Step[] given, Step when, string reason)
    {
        var kitchen = await Kitchen.Restaurant().Given(given);
        var before = await kitchen.Ticket();

        var refusal = await kitchen.When(when);

        Assert.Equal((ErrorKind.Conflict, reason, Kitchen.Order), (refusal!.Kind, refusal.Reason, refusal.Order));
        Assert.Equal(before!.Version, (await kitchen.Ticket())!.Version);
    }

    [Fact]
    public async Task A_refusal_is_a_sentence_for_people() =>
        Assert.Equal("Order 7 is already accepted.", (await (await Kitchen.Restaurant().Given(ToAccepted)).When(Step.Accept))!.Message);

    [Fact]
    public async Task A_delivered_order_went_through_every_status()
    {
        var kitchen = await Kitchen.Restaurant().Given([.. ToDelivering, Step.FinishDelivery]);

        Assert.Equal(
            [TicketStatus.Opened, TicketStatus.Accepted, TicketStatus.Cooking, TicketStatus.Cooked, TicketStatus.Delivering, TicketStatus.Delivered],
            kitchen.Statuses);
        Assert.Equal(DeliveryStatus.Ended, (await kitchen.Ticket())!.Delivery!.Status);
    }

    [Fact]
    public async Task A_cafe_does_not_deliver()
    {
        var kitchen = await Kitchen.Cafe().Given(ToCooked);

        Assert.Equal("STORE_DOES_NOT_DELIVER", (await kitchen.When(Step.StartDelivery))!.Reason);
        Assert.Null(await kitchen.When(Step.HandOver));
    }

    [Fact]
    public async Task A_move_of_an_unknown_order_is_not_found() =>
        Assert.Equal((ErrorKind.NotFound, "TICKET_NOT_FOUND"), await Kitchen.Restaurant().When(Step.Accept) is { } refusal ? (refusal.Kind, refusal.Reason) : default);

    [Theory]
    [InlineData(Step.Accept)]
    [InlineData(Step.Reject)]
    [InlineData(Step.StartCooking)]
    [InlineData(Step.HandOver)]
    public async Task A_ticket_of_another_store_is_not_found(Step step)
    {
        var kitchen = await Kitchen.Restaurant().Given(Step.Place);
        kitchen.Scope = AccessScope.OfOwner("owner", 2);

        Assert.Equal("TICKET_NOT_FOUND", (await kitchen.When(step))!.Reason);
        Assert.Equal(1, (await kitchen.Ticket())!.Version);
    }

    [Fact]
    public async Task An_order_for_a_store_that_does_not_exist_is_rejected_at_once() =>
        Assert.Equal([TicketStatus.Opened, TicketStatus.Rejected], (await Kitchen.WithoutStore().Given(Step.Place)).Statuses);

    [Fact]
    public async Task An_event_about_a_ticket_that_is_not_there_is_not_swallowed() =>
        await Assert.ThrowsAsync<PredecessorMissingException>(() => Kitchen.Restaurant().When(Step.AskToCancel));

    [Fact]
    public async Task A_repeated_acceptance_gets_the_first_answer()
    {
        var kitchen = await Kitchen.Restaurant().Given(Step.Place);
        var key = new IdempotencyKey("owner", "k1");
        await kitchen.Accept(key);
        await kitchen.When(Step.StartCooking);

        var again = await kitchen.Accept(key);

        Assert.Equal((TicketStatus.Accepted, 2L), (again.Value.Status, again.Value.Version));
        Assert.Equal("ALREADY_ACCEPTED", (await kitchen.Accept(new IdempotencyKey("somebody else", "k1"))).Error!.Reason);
        Assert.Equal(ErrorKind.KeyReused, (await kitchen.Accept(key, new OrderId(8))).Error!.Kind);
    }

    [Fact]
    public async Task A_request_that_is_sent_twice_at_once_gets_one_answer()
    {
        var kitchen = await Kitchen.Restaurant().Given(Step.Place);
        var key = new IdempotencyKey("owner", "k1");
        kitchen.Tickets.AfterNextLook = () => kitchen.Accept(key);

        var slower = await kitchen.Accept(key);

        Assert.Equal((TicketStatus.Accepted, 2L), (slower.Value.Status, slower.Value.Version));
    }
}
