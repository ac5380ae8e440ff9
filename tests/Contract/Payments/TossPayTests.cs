using System.Security.Cryptography;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Toss;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Payments;

/// <summary>The whole Payment context with Toss Payments behind it, played by a server that behaves as documented, and worse.</summary>
public sealed class TossPayTests : IAsyncLifetime, IDisposable
{
    private const int Orders = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(610);

    private readonly DataFolder _data = new();
    private TossStub _toss = null!;
    private RunningPay _pay = null!;

    public async Task InitializeAsync()
    {
        _toss = await TossStub.Start();
        _pay = await RunningPay.In(
            _data.Path,
            "--environment",
            "Production",
            "--Pay:Provider=Toss",
            $"--Pay:Toss:Address={_toss.Address}",
            $"--Pay:Toss:SecretKey={TossStub.SecretKey}",
            "--Pay:Toss:TimeoutMs=1000",
            $"--Pay:CardKeys={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}");
        (await _pay.Rest.Put("/cards/kim", new { customerKey = "kim-0001", authKey = "auth_1" })).Expect(204);
    }

    [Fact]
    public async Task An_order_is_paid_and_given_back()
    {
        Assert.Equal(PaymentStatus.Approved, (await _pay.Approve(order: 7)).Status);
        Assert.True(Assert.Single(_toss.Books.Entries).IsHeld);

        Assert.Equal("refunded", (await _pay.Rest.Post("/payments", new { orderId = 7, action = "cancel" })).Expect(200).Word("status"));
        Assert.Equal((false, 1), (_toss.Books.Entries[0].IsHeld, _toss.Books.Entries[0].Cancels));
    }

    [Fact]
    public async Task A_card_beyond_its_limit_is_declined()
    {
        var payment = await _pay.Approve(order: 7, won: TossBooks.Limit + 1);

        Assert.Equal((PaymentStatus.Declined, "한도초과 혹은 잔액부족으로 결제에 실패했습니다."), (payment.Status, payment.Reason));
        Assert.Empty(_toss.Books.Entries);
    }

    [Fact]
    public async Task A_wrong_card_is_refused_by_name_and_there_is_no_simulator()
    {
        Assert.Equal("customerKey", (await _pay.Rest.Put("/cards/lee", new { authKey = "auth_2" })).Expect(400).Word("field"));
        Assert.NotNull((await _pay.Rest.Put("/cards/lee", new { customerKey = "lee-0001", authKey = "none" })).Expect(503).Header("Retry-After"));
        (await _pay.Rest.Get("/provider-simulator")).Expect(404);
    }

    [Fact]
    public async Task A_card_that_is_removed_is_charged_no_more_and_is_in_no_file()
    {
        var card = Assert.Single(await _pay.App.Services.GetRequiredService<IDatabase>().Query<string>("select billing_key from customer_cards", new { }, CancellationToken.None));
        Assert.NotEmpty(await _data.FilesWith(card));
        Assert.Equal(PaymentStatus.Approved, (await _pay.Approve(order: 7)).Status);

        (await _pay.Rest.Delete("/cards/kim")).Expect(204);
        (await _pay.Rest.Delete("/cards/kim")).Expect(204);

        Assert.Equal(PaymentStatus.Declined, (await _pay.Approve(order: 8)).Status);
        await Eventually.Holds(async () => Assert.Empty(await _data.FilesWith(card)));
    }

    [Fact]
    public async Task A_card_is_removed_over_grpc()
    {
        await _pay.Grpc.RemoveCardAsync(new RemoveCardRequest { CustomerId = "kim" }, deadline: RunningPay.Soon);

        Assert.Equal(PaymentStatus.Declined, (await _pay.Approve(order: 7)).Status);
        var nobody = await Assert.ThrowsAsync<RpcException>(() => _pay.Grpc.RemoveCardAsync(new RemoveCardRequest(), deadline: RunningPay.Soon).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, nobody.StatusCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20261120)]
    public async Task Whatever_goes_wrong_the_books_agree_in_the_end(int seed)
    {
        var faults = Enum.GetValues<TossFault>();
        var chance = new Random(seed);
        _toss.Fault = _ =>
        {
            lock (chance)
                return chance.NextDouble() < 0.4 ? faults[chance.Next(faults.Length)] : TossFault.None;
        };
        var paid = await Task.WhenAll(Enumerable.Range(1, Orders).Select(async order => (Order: (long)order, Paid: await Pays(order))));
        var cancelled = paid.Where(static one => one.Paid && one.Order % 3 == 0).Select(static one => one.Order).ToList();
        foreach (var (order, isPaid) in paid)
        {
            if (!isPaid)
                await _pay.Happens(order, new OrderAttemptAbandoned { OrderId = order });
            else if (cancelled.Contains(order))
                await _pay.Happens(order, new OrderCancelled { OrderId = order });
        }

        _toss.Fault = static _ => TossFault.None;
        await Eventually.Holds(
            () =>
            {
                Assert.Equal(
                    paid.Where(static one => one.Paid).Select(static one => one.Order).Except(cancelled),
                    _toss.Books.Entries.Where(static entry => entry.IsHeld).Select(static entry => entry.Number).Order());
                Assert.All(_toss.Books.Entries, static entry => Assert.Equal((18_000, entry.IsHeld ? 0 : 1), (entry.Amount, entry.Cancels)));
                return Task.CompletedTask;
            },
            TimeSpan.FromSeconds(60));
    }

    public async Task DisposeAsync()
    {
        await _pay.DisposeAsync();
        await _toss.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();

    // As Ordering does: two tries, each with its time-out; what stays unclear is no order.
    private async Task<bool> Pays(long order)
    {
        for (var tries = 0; tries < 2; tries++)
        {
            try
            {
                return (await _pay.Approve(order, within: Patience)).Status is PaymentStatus.Approved;
            }
            catch (RpcException unclear) when (unclear.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
            {
            }
        }

        return false;
    }
}
