using System.Diagnostics;
using FoodDelivery.Kernel;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Tests.Support;
using Grpc.Core;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Tests.Contract.Payments;

public sealed class ProviderSimulatorTests : PayTests
{
    [Fact]
    public async Task Its_settings_are_shown_and_changed_one_by_one()
    {
        Assert.Equal(1_000_000, (await Pay.Rest.Get("/provider-simulator")).Expect(200).Number("declineAboveWon"));

        var turned = (await Pay.Rest.Put("/provider-simulator", new { declineRate = 1, delayMaxMs = "5" })).Expect(200);

        Assert.Equal((1, 5, 1_000_000), (turned.Number("declineRate"), turned.Number("delayMaxMs"), turned.Number("declineAboveWon")));
        Assert.Equal(PaymentStatus.Declined, (await Pay.Approve(order: 1)).Status);
    }

    [Theory]
    [InlineData("declineRate", "1.1")]
    [InlineData("failureRate", "often")]
    [InlineData("delayMinMs", "-1")]
    [InlineData("delayMaxMs", "600001")]
    [InlineData("hang", "maybe")]
    public async Task A_dial_that_cannot_be_turned_so_far_stays(string dial, string value)
    {
        var before = (await Pay.Rest.Get("/provider-simulator")).Text;

        var refused = await Pay.Rest.Put("/provider-simulator", new Dictionary<string, string>(StringComparer.Ordinal) { [dial] = value });

        Assert.Equal(dial, refused.Expect(400).Word("field"));
        Assert.Equal(before, (await Pay.Rest.Get("/provider-simulator")).Text);
    }

    [Fact]
    public async Task The_configuration_is_followed_while_it_runs()
    {
        Pay.App.Configuration["Pay:Provider:DeclineAboveWon"] = "10";
        ((IConfigurationRoot)Pay.App.Configuration).Reload();

        Assert.Equal(PaymentStatus.Declined, (await Pay.Approve(order: 1, won: 11)).Status);
    }

    [Fact]
    public async Task An_answer_that_fails_charges_once_at_the_most_and_asking_again_tells()
    {
        await Pay.Turn(new { failureRate = 1 });
        var refusal = await Assert.ThrowsAsync<RpcException>(() => Pay.Approve(order: 7));
        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.Empty((await Pay.Rest.Get("/payments")).Body.GetProperty("_embedded").GetProperty("payments").EnumerateArray());

        await Pay.Turn(new { failureRate = 0 });
        Assert.Equal(PaymentStatus.Approved, (await Pay.Approve(order: 7)).Status);
    }

    [Fact]
    public async Task A_caller_who_gave_up_waiting_gets_the_same_charge_when_asking_again()
    {
        await Pay.Turn(new { hang = true });
        var call = Pay.Grpc.ApprovePaymentAsync(
            new ApprovePaymentRequest { OrderId = 7, AmountWon = 18_000 }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300));
        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);

        await Pay.Turn(new { hang = false });
        await Eventually.Holds(async () => Assert.Equal(ChargeState.Approved, (await Pay.Provider.Find(new OrderId(7), default)).Value.State));
        Assert.Equal(PaymentStatus.Approved, (await Pay.Approve(order: 7)).Status);
    }

    [Fact]
    public async Task Slow_payments_wait_side_by_side()
    {
        await Pay.Turn(new { delayMinMs = 400, delayMaxMs = 620 });
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(1, 200).Select(order => Pay.Approve(order)));

        // One after the other they would take 80 s at the least.
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Its_books_outlive_the_service()
    {
        await Pay.Provider.Approve(new OrderId(7), new Money(18_000), "kim", "", default);

        await Restart();

        Assert.Equal(new Charge(ChargeState.Approved, new Money(18_000), ""), (await Pay.Provider.Find(new OrderId(7), default)).Value);
        Assert.Equal("AMOUNT_DIFFERS", (await Pay.Provider.Approve(new OrderId(7), new Money(1), "kim", "", default)).Error!.Reason);
    }

    [Fact]
    public async Task One_that_never_answers_is_given_up_in_time()
    {
        using var data = new DataFolder();
        await using var pay = await RunningPay.In(data.Path, "--Pay:Provider:Hang=true", "--Pay:ProviderTimeoutMs=100");

        var refusal = await Assert.ThrowsAsync<RpcException>(() => pay.Approve(order: 7));

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
    }

    [Fact]
    public async Task Who_finds_all_places_at_the_provider_taken_is_refused_at_once()
    {
        using var data = new DataFolder();
        await using var pay = await RunningPay.In(data.Path, "--Pay:Provider:Hang=true", "--Pay:ProviderCallsAtOnce=2");
        var payments = Enumerable.Range(1, 6).Select(order => pay.Approve(order, customer: $"customer-{order}")).ToList();

        for (var refused = 0; refused < 4; refused++)
        {
            var first = await Task.WhenAny(payments).WaitAsync(TimeSpan.FromSeconds(20));
            payments.Remove(first);
            var refusal = await Assert.ThrowsAsync<RpcException>(() => first);
            Assert.Equal((StatusCode.Unavailable, true), (refusal.StatusCode, refusal.Status.Detail.Contains("Too many calls", StringComparison.Ordinal)));
        }

        await pay.Turn(new { hang = false });
        Assert.All(await Task.WhenAll(payments), static payment => Assert.Equal(PaymentStatus.Approved, payment.Status));
    }

    [Fact]
    public async Task The_same_seed_declines_the_same_cards()
    {
        async Task<IEnumerable<PaymentStatus>> Fates()
        {
            using var data = new DataFolder();
            await using var pay = await RunningPay.In(data.Path, "--Pay:ProviderSeed=7", "--Pay:Provider:DeclineRate=0.5");
            List<PaymentStatus> fates = [];
            for (var order = 1; order <= 20; order++)
                fates.Add((await pay.Approve(order)).Status);

            return fates;
        }

        var first = await Fates();
        Assert.Equal(first, await Fates());
        Assert.Equal(2, first.Distinct().Count());
    }

    [Theory]
    [InlineData("--Pay:Provider:DeclineRate=2", "declineRate")]
    [InlineData("--Pay:Provider:DelayMinMs=soon", "DelayMinMs")]
    [InlineData("--Pay:ProviderTimeoutMs=0", "Pay:ProviderTimeoutMs")]
    [InlineData("--Pay:ProviderCallsAtOnce=0", "Pay:ProviderCallsAtOnce")]
    [InlineData("--Pay:Provider=Piggy", "Pay:Provider is 'Piggy'")]
    [InlineData("--Pay:Provider=Toss", "Pay:Toss:SecretKey is missing")]
    public async Task A_setting_that_cannot_be_used_ends_the_start(string setting, string named)
    {
        using var data = new DataFolder();

        Assert.Contains(named, (await Assert.ThrowsAsync<SettingException>(() => RunningPay.In(data.Path, setting))).Message);
    }

    [Fact]
    public async Task Outside_development_nobody_changes_its_settings()
    {
        using var data = new DataFolder();
        await using var pay = await RunningPay.In(data.Path, "--environment", "Production", "--Pay:Provider=Simulator", "--Pay:Provider:DeclineRate=1");

        (await pay.Rest.Get("/provider-simulator")).Expect(404);
        Assert.Equal(PaymentStatus.Declined, (await pay.Approve(order: 1)).Status);
    }

    [Fact]
    public async Task Outside_development_it_has_to_be_asked_for()
    {
        using var data = new DataFolder();

        var refusal = await Assert.ThrowsAsync<SettingException>(() => RunningPay.In(data.Path, "--environment", "Production"));

        Assert.Contains("Pay:Provider is missing", refusal.Message);
    }
}
