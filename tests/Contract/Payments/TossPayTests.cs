using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Toss;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Payments;

/// <summary>The whole Payment context with Toss Payments behind it, played by a server that behaves as documented, and worse.</summary>
public sealed class TossPayTests : TossPayment
{
    private const int Orders = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(610);

    public TossPayTests()
        : base("--Pay:Toss:TimeoutMs=1000")
    {
    }

    [Fact]
    public async Task An_order_is_paid_and_given_back()
    {
        Assert.Equal(PaymentStatus.Approved, (await Pay.Approve(order: 7)).Status);
        Assert.True(Assert.Single(Toss.Books.Entries).IsHeld);

        Assert.Equal("refunded", (await Pay.Rest.Post("/payments", new { orderId = 7, action = "cancel" })).Expect(200).Word("status"));
        Assert.Equal((false, 1), (Toss.Books.Entries[0].IsHeld, Toss.Books.Entries[0].Cancels));
    }

    [Fact]
    public async Task A_card_beyond_its_limit_is_declined()
    {
        var payment = await Pay.Approve(order: 7, won: TossBooks.Limit + 1);

        Assert.Equal((PaymentStatus.Declined, "한도초과 혹은 잔액부족으로 결제에 실패했습니다."), (payment.Status, payment.Reason));
        Assert.Empty(Toss.Books.Entries);
    }

    [Fact]
    public async Task A_wrong_card_is_refused_by_name_and_there_is_no_simulator()
    {
        Assert.Equal("customerKey", (await Pay.Rest.Put("/cards/lee", new { authKey = "auth_2" })).Expect(400).Word("field"));
        Assert.NotNull((await Pay.Rest.Put("/cards/lee", new { customerKey = "lee-0001", authKey = "none" })).Expect(503).Header("Retry-After"));
        (await Pay.Rest.Get("/provider-simulator")).Expect(404);
    }

    [Fact]
    public async Task A_card_that_is_removed_is_charged_no_more_and_is_in_no_file()
    {
        var card = Assert.Single(await Pay.App.Services.GetRequiredService<IDatabase>().Query<string>("select billing_key from customer_cards", new { }, CancellationToken.None));
        Assert.NotEmpty(await Data.FilesWith(card));
        Assert.Equal(PaymentStatus.Approved, (await Pay.Approve(order: 7)).Status);

        (await Pay.Rest.Delete("/cards/kim")).Expect(204);
        (await Pay.Rest.Delete("/cards/kim")).Expect(204);

        Assert.Equal(PaymentStatus.Declined, (await Pay.Approve(order: 8)).Status);
        await Eventually.Holds(async () => Assert.Empty(await Data.FilesWith(card)));
    }

    [Fact]
    public async Task A_card_is_removed_over_grpc()
    {
        await Pay.Grpc.RemoveCardAsync(new RemoveCardRequest { CustomerId = "kim" }, deadline: RunningPay.Soon);

        Assert.Equal(PaymentStatus.Declined, (await Pay.Approve(order: 7)).Status);
        var nobody = await Assert.ThrowsAsync<RpcException>(() => Pay.Grpc.RemoveCardAsync(new RemoveCardRequest(), deadline: RunningPay.Soon).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, nobody.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_card_that_is_removed_is_forgotten_at_the_provider_as_soon_as_that_can_be_reached(bool erased)
    {
        var card = Assert.Single(Toss.Books.Cards);
        Toss.Fault = static request => request.StartsWith("DELETE", StringComparison.Ordinal) ? TossFault.SilenceBefore : TossFault.None;
        if (erased)
            await Pay.Happens(7, new CustomerErased { CustomerId = "kim" });
        else
            (await Pay.Rest.Delete("/cards/kim")).Expect(204);

        await Eventually.Holds(() =>
        {
            Assert.Contains($"DELETE /v1/billing/{card}", Toss.Requests);
            return Task.CompletedTask;
        });
        Assert.Equal(PaymentStatus.Declined, (await Pay.Approve(order: 8)).Status);
        Assert.Single(Toss.Books.Cards);

        Toss.Fault = static _ => TossFault.None;
        await Eventually.Holds(async () => Assert.Equal((0, 0), (Toss.Books.Cards.Count, await Revocations())));
    }

    [Theory]
    [InlineData(TossFault.ErrorAfter)]
    [InlineData(TossFault.ResetAfter)]
    [InlineData(TossFault.SilenceAfter)]
    public async Task A_card_that_is_forgotten_without_an_answer_is_done_with(TossFault fault)
    {
        Toss.Fault = request => request.StartsWith("DELETE", StringComparison.Ordinal) && Toss.Books.Cards.Count > 0 ? fault : TossFault.None;
        (await Pay.Rest.Delete("/cards/kim")).Expect(204);

        await Eventually.Holds(async () => Assert.Equal((0, 0), (Toss.Books.Cards.Count, await Revocations())));
        Assert.InRange(Toss.Requests.Count(static request => request.StartsWith("DELETE", StringComparison.Ordinal)), 2, 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20261120)]
    public async Task Whatever_goes_wrong_the_books_agree_in_the_end(int seed)
    {
        var faults = Enum.GetValues<TossFault>();
        var chance = new Random(seed);
        Toss.Fault = _ =>
        {
            lock (chance)
                return chance.NextDouble() < 0.4 ? faults[chance.Next(faults.Length)] : TossFault.None;
        };
        var paid = await Task.WhenAll(Enumerable.Range(1, Orders).Select(async order => (Order: (long)order, Paid: await Pays(order))));
        var cancelled = paid.Where(static one => one.Paid && one.Order % 3 == 0).Select(static one => one.Order).ToList();
        foreach (var (order, isPaid) in paid)
        {
            if (!isPaid)
                await Pay.Happens(order, new OrderAttemptAbandoned { OrderId = order });
            else if (cancelled.Contains(order))
                await Pay.Happens(order, new OrderCancelled { OrderId = order });
        }

        Toss.Fault = static _ => TossFault.None;
        await Eventually.Holds(
            () =>
            {
                Assert.Equal(
                    paid.Where(static one => one.Paid).Select(static one => one.Order).Except(cancelled),
                    Toss.Books.Entries.Where(static entry => entry.IsHeld).Select(static entry => entry.Number).Order());
                Assert.All(Toss.Books.Entries, static entry => Assert.Equal((18_000, entry.IsHeld ? 0 : 1), (entry.Amount, entry.Cancels)));
                return Task.CompletedTask;
            },
            TimeSpan.FromSeconds(60));
    }

    private async Task<long> Revocations() => Assert.Single(await Pay.App.Services.GetRequiredService<IDatabase>().Query<long>(
        "select count(*) from card_revocations", new { }, CancellationToken.None));

    // As Ordering does: two tries, each with its time-out; what stays unclear is no order.
    private async Task<bool> Pays(long order)
    {
        for (var tries = 0; tries < 2; tries++)
        {
            try
            {
                return (await Pay.Approve(order, within: Patience)).Status is PaymentStatus.Approved;
            }
            catch (RpcException unclear) when (unclear.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
            {
            }
        }

        return false;
    }
}
