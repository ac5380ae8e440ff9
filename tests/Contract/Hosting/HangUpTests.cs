using System.Text;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Tests.Contract.Ordering;
using FoodDelivery.Tests.Support;

namespace FoodDelivery.Tests.Contract.Hosting;

/// <summary>Who has hung up is in nobody's way, also while what was asked for is still seen through.</summary>
public sealed class HangUpTests
{
    private const int Places = 3;

    [Fact]
    public async Task Callers_who_hang_up_during_their_payment_give_their_places_back_at_once()
    {
        using var data = new DataFolder();
        var blocked = new TaskCompletionSource<PaymentStatus>();
        await using var pay = await new ScriptedPay().Start();
        await using var ordering = await (await OrderingHost.Start(
            data,
            pay.Address,
            "--Order:Payments:TryTimeoutMilliseconds=20000",
            "--Order:Payments:TotalTimeoutMilliseconds=20000",
            $"--Limits:Concurrency={Places}",
            "--Limits:Queue=0")).WithMenus();
        pay.Answer = (request, _) => request.OrderId <= Places ? blocked.Task : Task.FromResult(PaymentStatus.Approved);
        using (var hungUp = new HttpClient { BaseAddress = new Uri(ordering.App.Urls.First()) })
        {
            var asked = Enumerable.Range(0, Places).Select(_ => hungUp.PostAsync("/orders", new StringContent("""{"item":"chicken"}""", Encoding.UTF8, "application/json"))).ToList();
            await Eventually.Holds(() =>
            {
                Assert.Equal(Places, pay.Calls);
                return Task.CompletedTask;
            });
            Assert.Equal("OVERLOADED", (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(503).Word("reason"));

            hungUp.CancelPendingRequests();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(asked));
        }

        // Long before the payments run into their time-out.
        await Eventually.Holds(async () => (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201), TimeSpan.FromSeconds(10));
        Assert.Equal(1, pay.Payments);
        blocked.SetResult(PaymentStatus.Approved);
        await Eventually.Holds(() =>
        {
            Assert.Equal(Places + 1, pay.Payments);
            return Task.CompletedTask;
        });
    }
}
