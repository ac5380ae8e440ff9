using FoodDelivery.Platform.Messaging;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Contract.Payments;
using FoodDelivery.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Ordering;

/// <summary>Ordering and Payment together: Ordering's database is restored from a backup, so that it gives numbers out again under which somebody has paid.</summary>
public sealed class RestoredDataTests : IDisposable
{
    private readonly DataFolder _data = new();
    private readonly DataFolder _backup = new();

    [Fact]
    public async Task A_number_that_was_paid_for_before_makes_nobody_a_free_meal_and_sends_no_money_back()
    {
        await using var pay = await RunningPay.In(_data.Path);
        await using (var backedUp = await Ordering(pay))
        {
            // As far as the backup goes: menus, and no order. What is copied is not written to any more.
            await backedUp.App.StopAsync();
        }

        Copy(_data.Path, _backup.Path);
        await using (var lost = await Ordering(pay, menus: false))
        {
            Assert.Equal(1, (await lost.Rest.Post("/orders", new { item = "chicken", customerId = "kim" })).Expect(201).Number("orderId"));
            await Eventually.Holds(() => Task.FromResult(Assert.Single(pay.Published(1))));
            await Eventually.Holds(async () => Assert.Equal(
                0, await lost.App.Services.GetRequiredService<IEventLog>().Lag(Topics.Payment, "ordering-payments", default)));
            await lost.App.StopAsync();
        }

        Copy(_backup.Path, _data.Path);
        Forget(Topics.Ordering);
        await using var restored = await Ordering(pay, menus: false);

        var refused = (await restored.Rest.Post("/orders", new { item = "chicken", customerId = "lee" }, key: "k")).Expect(409);
        var placed = (await restored.Rest.Post("/orders", new { item = "chicken", customerId = "lee" }, key: "k")).Expect(201);

        Assert.Equal("ORDER_NUMBER_TAKEN", refused.Word("reason"));
        (await restored.Rest.Get("/orders/1")).Expect(404);
        Assert.Equal(2, placed.Number("orderId"));

        // What Payment hears of this order it hears after all that was said of the one before.
        await restored.Ticket(2, TicketStatus.Reject);
        await Eventually.Holds(async () => Assert.Equal("refunded", await pay.Status(2)));
        var first = (await pay.Rest.Get("/payments?orderId=1")).Expect(200).Members("payments").Single();
        Assert.Equal(("approved", "kim"), (first.GetProperty("status").GetString(), first.GetProperty("customerId").GetString()));
    }

    [Fact]
    public async Task Numbers_that_the_log_knows_are_not_given_out_again()
    {
        await using var pay = await RunningPay.In(_data.Path);
        await using (var backedUp = await Ordering(pay))
        {
            // As far as the backup goes: menus, and no order. What is copied is not written to any more.
            await backedUp.App.StopAsync();
        }

        Copy(_data.Path, _backup.Path);
        await using (var lost = await Ordering(pay, menus: false))
        {
            for (var order = 1; order <= 3; order++)
                (await lost.Rest.Post("/orders", new { item = "chicken", customerId = "kim" })).Expect(201);
            await Eventually.Holds(async () => Assert.Equal("approved", await pay.Status(3)));
            await Eventually.Holds(async () => Assert.Contains(
                await lost.App.Services.GetRequiredService<IEventLog>().Newest(Topics.Ordering, 10, default), static record => record.Key == "3"));
            await lost.App.StopAsync();
        }

        Copy(_backup.Path, _data.Path);
        await using var restored = await Ordering(pay, menus: false);

        Assert.Equal(4, (await restored.Rest.Post("/orders", new { item = "chicken", customerId = "lee" })).Expect(201).Number("orderId"));
    }

    public void Dispose()
    {
        _data.Dispose();
        _backup.Dispose();
    }

    private async Task<OrderingHost> Ordering(RunningPay pay, bool menus = true)
    {
        var ordering = await OrderingHost.Start(
            _data, pay.GrpcAddress, [.. OrderingHost.Unhurried, "--Order:Sweeper:AgeSeconds=1", "--Order:Sweeper:IntervalSeconds=0.1"]);
        return menus ? await ordering.WithMenus() : ordering;
    }

    // The log is as old as the backup.
    private void Forget(string topic)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_data.Path, "log.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "delete from records where topic = $topic";
        command.Parameters.AddWithValue("$topic", topic);
        command.ExecuteNonQuery();
    }

    private static void Copy(string from, string to)
    {
        foreach (var old in Directory.EnumerateFiles(to, "ordering.db*"))
            File.Delete(old);

        foreach (var file in Directory.EnumerateFiles(from, "ordering.db*"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
