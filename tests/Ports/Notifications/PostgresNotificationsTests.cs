using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Tests.Ports.OrderStatuses;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Notifications;

[NeedsPostgres]
public sealed class PostgresNotificationsTests : NotificationsSuite
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [SuiteFact]
    public async Task A_long_backlog_is_not_read_from_end_to_end_by_a_server_that_has_never_seen_one()
    {
        const string Many =
            """
            insert into notifications (order_id, version, role, status, recipient, text, state, attempts, held_until)
            select n, 1, 1, 'cooking', 'kim', '', @State, 0, 0 from generate_series(@First, @First + 1999) n
            """;
        const string Read = "select sum(idx_tup_read)::bigint from pg_stat_user_indexes where relname = @Table";
        await using var stores = await CustomerStores.OnPostgres();
        var database = stores.Services.GetRequiredService<IDatabase>();
        await database.Write(new Batch().Add(Many, new { State = 1, First = 1 }), default);
        await database.Write(new Batch().Add("analyze notifications"), default);
        await database.Write(new Batch().Add(Many, new { State = 0, First = 10_001 }), default);

        var claimed = await stores.Services.GetRequiredService<INotifications>().Claim(Noon, Noon.AddMinutes(1), 200, default);

        Assert.Equal([.. Enumerable.Range(10_001, 200)], claimed.Select(static one => one.Notification.OrderId.Value));

        // The server says a little later what it has read.
        var read = await Eventually.Gives(
            async () => Assert.Single(await database.Query<long>(Read, new { Table = "notifications" }, default), static entries => entries > 0), TimeSpan.FromSeconds(30));
        Assert.InRange(read, 200, 2000);
    }

    protected override async Task<(INotifications Store, IAsyncDisposable Owner)> Open()
    {
        var stores = await CustomerStores.OnPostgres();
        return (stores.Services.GetRequiredService<INotifications>(), stores);
    }
}
