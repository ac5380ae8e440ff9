using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Payments;

namespace FoodDelivery.Tests.Contract.Ordering;

/// <summary>Ordering with a payment service of somebody else's in the place of the Payment context.</summary>
public sealed class OutsidePaymentTests : IAsyncLifetime, IDisposable
{
    private readonly DataFolder _data = new();
    private OutsidePay _pay = null!;

    public async Task InitializeAsync() => _pay = await OutsidePay.Start();

    [Fact]
    public async Task An_order_is_paid_there_and_a_declined_card_leaves_none()
    {
        await using var ordering = await Ordering();
        var placed = (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);
        var declined = (await ordering.Rest.Post("/orders", new { item = "chicken", qty = 99 })).Expect(422);

        Assert.Equal((1001, 18_000), (placed.Number("paymentId"), _pay[1].Held));
        Assert.Contains("한도 초과", declined.Word("detail"), StringComparison.Ordinal);
        (await ordering.Rest.Get("/orders/2")).Expect(404);
    }

    [Fact]
    public async Task A_rejected_order_is_refunded_as_soon_as_the_service_can_be_reached_again()
    {
        await using var ordering = await Ordering();
        (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);
        _pay.IsDown = true;

        await ordering.Ticket(1, TicketStatus.Reject, "닭이 없어요");
        await ordering.SeesStatus(1, "order_rejected");
        (await ordering.Rest.Post("/orders", new { item = "cola" })).Expect(503);
        Assert.Equal(18_000, _pay[1].Held);
        _pay.IsDown = false;

        Assert.Equal("닭이 없어요", (await ordering.SeesStatus(1, "refunded")).Word("reason"));
        Assert.Equal(0, _pay[1].Held);
    }

    [Fact]
    public async Task Money_that_was_taken_without_a_word_goes_back_and_what_never_reached_the_service_can_no_longer_be_paid()
    {
        await using var ordering = await Ordering("--Order:Sweeper:AgeSeconds=2", "--Order:Sweeper:IntervalSeconds=0.2");
        _pay.IsMute = true;
        (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(503);
        Assert.Equal(18_000, _pay[1].Held);
        (_pay.IsMute, _pay.IsDown) = (false, true);
        (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(503);
        _pay.IsDown = false;

        await Eventually.Holds(() =>
        {
            Assert.Equal(("refunded", 0), (_pay[1].Status, _pay[1].Held));
            Assert.Equal("voided", _pay[2].Status);
            return Task.CompletedTask;
        });
        (await ordering.Rest.Get("/orders/1")).Expect(404);
    }

    [Fact]
    public async Task A_number_under_which_another_attempt_has_paid_there_makes_no_order_and_sends_nothing_back()
    {
        _pay.WasPaid(1, 18_000);
        await using var ordering = await Ordering("--Order:Sweeper:AgeSeconds=1", "--Order:Sweeper:IntervalSeconds=0.1");

        var refused = (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(409);
        (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);

        Assert.Equal("ORDER_NUMBER_TAKEN", refused.Word("reason"));
        await ordering.Ticket(2, TicketStatus.Reject);
        await ordering.SeesStatus(2, "refunded");
        Assert.Equal(("approved", 18_000), (_pay[1].Status, _pay[1].Held));
    }

    [Fact]
    public async Task An_attempt_that_is_given_up_sends_nothing_back_that_another_has_paid_there()
    {
        _pay.WasPaid(1, 18_000);
        await using var ordering = await Ordering("--Order:Sweeper:AgeSeconds=1", "--Order:Sweeper:IntervalSeconds=0.1");
        _pay.IsDown = true;
        (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(503);
        _pay.IsDown = false;
        await Eventually.Holds(async () => Assert.Matches(@"(?m)^fooddelivery_ordering_abandoned_total\S* 1$", (await ordering.Rest.Get("/metrics")).Expect(200).Text));

        // What is sent back for this order is sent after what would be for the first.
        Assert.Equal(2, (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201).Number("orderId"));
        await ordering.Ticket(2, TicketStatus.Reject);
        await ordering.SeesStatus(2, "refunded");

        Assert.Equal(("approved", 18_000), (_pay[1].Status, _pay[1].Held));
        Assert.Empty((await ordering.Rest.Get("/operations/dead-letters")).Expect(200).Members("deadLetters"));
    }

    [Fact]
    public async Task A_repeated_order_gets_the_outcome_that_it_was_not_told()
    {
        await using var ordering = await Ordering();
        _pay.IsMute = true;
        (await ordering.Rest.Post("/orders", new { item = "chicken" }, "k")).Expect(503);
        _pay.IsMute = false;

        Assert.Equal((1, 1001), Numbers(await ordering.Rest.Post("/orders", new { item = "chicken" }, "k")));
        Assert.Equal((1, 1001), Numbers(await ordering.Rest.Post("/orders", new { item = "chicken" }, "k")));

        static (long, long) Numbers(Support.Rest.Answer placed) => (placed.Expect(201).Number("orderId"), placed.Number("paymentId"));
    }

    [Fact]
    public async Task Another_provider_is_refused_by_name()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => OrderingHost.Start(_data, _pay.Address, "--Order:Payments:Provider=Pigeon"));

        Assert.Equal("The setting Order:Payments:Provider is 'Pigeon'; it must be Grpc or Http.", error.Message);
    }

    public async Task DisposeAsync() => await _pay.DisposeAsync();

    public void Dispose() => _data.Dispose();

    private async Task<OrderingHost> Ordering(params string[] settings) => await (await OrderingHost.Start(
        _data,
        _pay.Address,
        ["--Order:Payments:Provider=Http", "--Order:Payments:TryTimeoutMilliseconds=5000", "--Order:Payments:TotalTimeoutMilliseconds=10000", .. settings])).WithMenus();
}
