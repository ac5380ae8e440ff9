using Dapper;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Tests.Support;

namespace FoodDelivery.Tests.Ports.Delivering;

public abstract partial class DeliverySuite
{
    [SuiteFact]
    public async Task What_was_published_is_kept_and_in_the_outbox_no_longer()
    {
        Settings["Messaging:PruneInterval"] = "00:00:00.050";
        var sender = await Sender();
        await SendAll(sender, keys: 2, each: 3);

        await Eventually.Holds(async () => Assert.Equal((0, 6), (await Rows(sender, "outbox"), await Rows(sender, "published"))));
    }

    [SuiteFact]
    public async Task And_it_is_let_go_in_time()
    {
        Settings["Messaging:PruneInterval"] = "00:00:00.050";
        Settings["Messaging:KeepPublished"] = "00:00:00.300";
        var (sender, receiver) = (await Sender(), await Receiver());
        await SendAll(sender, keys: 2, each: 3);

        await HasArrived(receiver, keys: 2, each: 3);
        await Eventually.Holds(async () => Assert.Equal((0, 0), (await Rows(sender, "outbox"), await Rows(sender, "published"))));
    }

    [SuiteFact]
    public async Task What_was_handled_long_ago_is_let_go_and_nothing_else()
    {
        Settings["Messaging:PruneInterval"] = "00:00:00.050";
        var now = TimeProvider.System.GetUtcNow();
        var (old, young) = (Guid.CreateVersion7(now.AddDays(-31)).ToString(), Guid.CreateVersion7(now.AddDays(-29)).ToString());
        var receiver = await Receiver();

        await receiver.Database.Write(
            new Batch().Add(
                "insert into inbox (consumer, event_id) values ('receiving', @Old), ('receiving', @Young), ('receiving', '0'), ('another', @Old)",
                new { Old = old, Young = young }),
            default);

        await Eventually.Holds(async () => Assert.Equal(
            ["0", young], await receiver.Database.Query<string>("select event_id from inbox where consumer = 'receiving' order by event_id", new { }, default)));
        Assert.Equal(3, await Rows(receiver, "inbox"));
    }

    private static Task<long> Rows(Process process, string table) =>
        process.Database.Read(connection => connection.ExecuteScalarAsync<long>($"select count(*) from {table}"), default);
}
