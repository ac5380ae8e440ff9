using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Tests.Support;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Ordering;

/// <summary>Payment slow, down, overloaded, moved or back again, over real connections.</summary>
public sealed class PayTroubleTests : IDisposable
{
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(1);
    private readonly DataFolder _data = new();

    [Fact]
    public async Task A_first_try_that_is_too_slow_is_followed_by_a_second_one()
    {
        await using var pay = await new ScriptedPay().Start();
        await using var ordering = await Ordering(pay.Address, "--Order:Payments:TotalTimeoutMilliseconds=15000");
        pay.Answer = async (_, cancellation) =>
        {
            if (pay.Calls == 1)
                await Task.Delay(Never, cancellation);

            return PaymentStatus.Approved;
        };

        (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);

        Assert.Equal((2, 1), (pay.Calls, pay.Payments));
    }

    [Fact]
    public async Task The_second_try_has_the_time_that_is_left_to_both()
    {
        await using var pay = await new ScriptedPay().Start();
        await using var ordering = await Ordering(pay.Address, "--Order:Payments:TryTimeoutMilliseconds=200", "--Order:Payments:TotalTimeoutMilliseconds=15000");
        pay.Answer = async (_, cancellation) =>
        {
            await Task.Delay(pay.Calls == 1 ? Never : TimeSpan.FromSeconds(1), cancellation);
            return PaymentStatus.Approved;
        };

        (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);

        Assert.Equal(2, pay.Calls);
    }

    [Fact]
    public async Task Payment_that_is_too_slow_twice_is_a_503_within_the_bound_and_no_order()
    {
        await using var pay = await new ScriptedPay().Start();
        await using var ordering = await Ordering(pay.Address, "--Order:Payments:TryTimeoutMilliseconds=200", "--Order:Payments:TotalTimeoutMilliseconds=500");
        pay.Answer = static async (_, cancellation) =>
        {
            await Task.Delay(Never, cancellation);
            return PaymentStatus.Approved;
        };

        var watch = Stopwatch.StartNew();
        var refused = (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(503);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
        Assert.Equal(("1", "PAYMENT_UNAVAILABLE"), (refused.Header("Retry-After"), refused.Word("reason")));
        (await ordering.Rest.Get("/orders/1")).Expect(404);
    }

    [Fact]
    public async Task While_payment_is_down_every_order_fails_and_when_it_is_back_orders_succeed_without_a_restart()
    {
        var port = NobodysPort();
        await using var ordering = await Ordering($"http://127.0.0.1:{port}");

        var refused = (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(503);
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Equal(0, (await ordering.Rest.Get("/orders")).Expect(200).Number("page", "totalElements"));

        await using var pay = await new ScriptedPay().Start(port);
        await Eventually.Holds(async () => (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201));
    }

    [Fact]
    public async Task An_open_breaker_asks_nobody_writes_nothing_and_closes_by_itself()
    {
        await using var pay = await new ScriptedPay().Start();
        await using var ordering = await Ordering(pay.Address, "--Order:Payments:MinimumPayments=4", "--Order:Payments:BreakSeconds=1");
        pay.Answer = static (_, _) => throw new RpcException(new Status(StatusCode.ResourceExhausted, "full"));
        await Eventually.Holds(async () =>
            Assert.Equal("PAYMENT_PAUSED", (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(503).Word("reason")));

        var calls = pay.Calls;
        var paused = await ordering.Rest.Post("/orders", new { item = "chicken" });
        Assert.Equal((503, calls), (paused.Status, pay.Calls));

        pay.Answer = static (_, _) => Task.FromResult(PaymentStatus.Approved);
        var placed = await Eventually.Gives(async () => (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201));
        Assert.InRange(placed.Number("orderId"), 1, calls + 2);
    }

    [Fact]
    public async Task One_customers_failing_payments_leave_anothers_untouched()
    {
        await using var pay = await new ScriptedPay().Start();
        await using var ordering = await Ordering(pay.Address, OrderingHost.Unhurried);
        pay.Answer = static (asked, _) => asked.CustomerId == "mallory"
            ? throw new RpcException(new Status(StatusCode.Unavailable, "unclear"))
            : Task.FromResult(PaymentStatus.Approved);

        for (var round = 0; round < 10; round++)
        {
            var failed = await Task.WhenAll(
                Enumerable.Range(0, 20).Select(_ => ordering.Rest.Post("/orders", new { item = "chicken", customerId = "mallory" })));
            Assert.All(failed, static answer => Assert.Equal("PAYMENT_UNAVAILABLE", answer.Expect(503).Word("reason")));
            (await ordering.Rest.Post("/orders", new { item = "chicken", customerId = "kim" })).Expect(201);
        }
    }

    [Fact]
    public async Task One_customer_cannot_take_all_places_from_the_others()
    {
        await using var pay = await new ScriptedPay().Start();
        await using var ordering = await Ordering(
            pay.Address, "--Order:Payments:AtOnce=8", "--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=20000");
        var open = new TaskCompletionSource();
        pay.Answer = async (asked, cancellation) =>
        {
            if (asked.CustomerId == "mallory")
                await open.Task.WaitAsync(cancellation);

            return PaymentStatus.Approved;
        };

        var paying = Enumerable.Range(0, 20).Select(_ => ordering.Rest.Post("/orders", new { item = "chicken", customerId = "mallory" })).ToArray();
        await Eventually.Holds(() =>
        {
            Assert.Equal(18, paying.Count(static one => one.IsCompleted));
            return Task.CompletedTask;
        });
        (await ordering.Rest.Post("/orders", new { item = "chicken", customerId = "kim" })).Expect(201);

        open.SetResult();
        var answers = await Task.WhenAll(paying);
        Assert.Equal((2, 18), (answers.Count(static answer => answer.Status == 201), answers.Count(static answer => answer.Status == 503)));
        Assert.All(answers.Where(static answer => answer.Status == 503), static answer => Assert.Equal("PAYMENT_BUSY", answer.Word("reason")));
        (await ordering.Rest.Post("/orders", new { item = "chicken", customerId = "mallory" })).Expect(201);
    }

    [Fact]
    public async Task Who_comes_when_all_places_are_taken_is_refused_at_once_and_leaves_nothing()
    {
        await using var pay = await new ScriptedPay().Start();
        await using var ordering = await Ordering(
            pay.Address, "--Order:Payments:AtOnce=2", "--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=20000");
        var open = new TaskCompletionSource();
        pay.Answer = async (_, cancellation) =>
        {
            await open.Task.WaitAsync(cancellation);
            return PaymentStatus.Approved;
        };

        var paying = Enumerable.Range(0, 2).Select(_ => ordering.Rest.Post("/orders", new { item = "chicken" })).ToArray();
        await Eventually.Holds(() =>
        {
            Assert.Equal(2, pay.Calls);
            return Task.CompletedTask;
        });
        var refused = (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(503);
        Assert.Equal(("1", "PAYMENT_BUSY"), (refused.Header("Retry-After"), refused.Word("reason")));
        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await ordering.Grpc.PlaceOrderAsync(new PlaceOrderRequest { Items = { new OrderItem { Item = "cola" } } }));
        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        var details = Google.Rpc.Status.Parser.ParseFrom(refusal.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Contains(details.Details, static detail => detail.Is(Google.Rpc.RetryInfo.Descriptor));

        open.SetResult();
        Assert.All(await Task.WhenAll(paying), static answer => answer.Expect(201));
        Assert.Equal(3, (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201).Number("orderId"));
    }

    [Fact]
    public async Task A_provider_that_hangs_opens_the_breaker_and_one_payment_after_it_answers_closes_it()
    {
        await using var pay = await new ScriptedPay().Start();
        await using var ordering = await Ordering(
            pay.Address,
            "--Order:Payments:TryTimeoutMilliseconds=100",
            "--Order:Payments:TotalTimeoutMilliseconds=250",
            "--Order:Payments:BreakSeconds=0.5");
        pay.Answer = static async (_, cancellation) =>
        {
            await Task.Delay(Never, cancellation);
            return PaymentStatus.Approved;
        };
        var hung = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ordering.Rest.Post("/orders", new { item = "chicken" })));
        Assert.All(hung, static answer => answer.Expect(503));
        Assert.Equal("PAYMENT_PAUSED", (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(503).Word("reason"));

        pay.Answer = static (_, _) => Task.FromResult(PaymentStatus.Approved);
        await Task.Delay(TimeSpan.FromSeconds(0.6));

        (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);
    }

    [Fact]
    public async Task Several_addresses_are_asked_in_turn_and_a_dead_one_is_not_noticed()
    {
        await using var one = await new ScriptedPay().Start();
        await using var other = await new ScriptedPay().Start();
        await using var ordering = await Ordering($"{one.Address},http://127.0.0.1:{NobodysPort()},{other.Address}", OrderingHost.Unhurried);

        for (var i = 0; i < 12; i++)
            (await ordering.Rest.Post("/orders", new { item = "cola" })).Expect(201);

        Assert.True(one.Calls >= 4 && other.Calls >= 4, $"{one.Calls} and {other.Calls}");
    }

    [Fact]
    public async Task New_addresses_are_taken_from_the_settings_while_it_runs()
    {
        await using var before = await new ScriptedPay().Start();
        await using var after = await new ScriptedPay().Start();
        await using var ordering = await Ordering(before.Address, OrderingHost.Unhurried);
        (await ordering.Rest.Post("/orders", new { item = "cola" })).Expect(201);

        var settings = (IConfigurationRoot)ordering.App.Services.GetRequiredService<IConfiguration>();
        settings["Pay:Addresses"] = after.Address;
        settings.Reload();
        (await ordering.Rest.Post("/orders", new { item = "cola" })).Expect(201);
        Assert.Equal((1, 1), (before.Calls, after.Calls));
    }

    [Fact]
    public async Task Money_taken_by_a_process_that_died_is_given_up_by_the_next_one()
    {
        await using var pay = await new ScriptedPay().Start();
        await using (var dying = await Ordering(pay.Address))
        {
            pay.Answer = static (_, _) => throw new RpcException(new Status(StatusCode.Aborted, "unclear"));
            (await dying.Rest.Post("/orders", new { item = "chicken" })).Expect(503);
        }

        await using var ordering = await OrderingHost.Start(_data, pay.Address, "--Order:Sweeper:AgeSeconds=3", "--Order:Sweeper:IntervalSeconds=0.2");
        await using var log = new LogReader(ordering.App.Services.GetRequiredService<IEventLog>(), Topics.Ordering);

        await Eventually.Holds(
            () =>
            {
                Assert.Equal(1, Assert.Single(log.Read<OrderAttemptAbandoned>()).OrderId);
                return Task.CompletedTask;
            },
            TimeSpan.FromSeconds(60));
        (await ordering.Rest.Get("/orders/1")).Expect(404);
        Assert.Matches(@"(?m)^fooddelivery_ordering_abandoned_total\S* 1$", (await ordering.Rest.Get("/metrics")).Expect(200).Text);
    }

    [Theory]
    [InlineData("--Pay:Addresses=nowhere", "Pay:Addresses")]
    [InlineData("--Order:Payments:TryTimeoutMilliseconds=0", "Order:Payments:TryTimeoutMilliseconds")]
    [InlineData("--Order:Payments:TotalTimeoutMilliseconds=600", "Order:Payments:TotalTimeoutMilliseconds")]
    [InlineData("--Order:Payments:AtOnce=0", "Order:Payments:AtOnce")]
    [InlineData("--Order:Sweeper:IntervalSeconds=-1", "Order:Sweeper:IntervalSeconds")]
    public async Task A_setting_that_cannot_be_used_is_named(string setting, string name)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => OrderingHost.Start(_data, "http://localhost:1", setting));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    private static int NobodysPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<OrderingHost> Ordering(string addresses, params string[] settings) =>
        await (await OrderingHost.Start(_data, addresses, settings)).WithMenus();
}
