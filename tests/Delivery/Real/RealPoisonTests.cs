using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Rest;
using Npgsql;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery.Real;

/// <summary>An event that its handler fails on whenever it is tried: here because the store's table refuses that order's ticket.</summary>
public sealed class RealPoisonTests(RealServers servers, FaultTable table, ITestOutputHelper output) : RealFaultTests(servers, table, output)
{
    private const string Letters = "/operations/dead-letters";

    private const string Break = """
        create function refuse() returns trigger language plpgsql as
            $$ begin if new.address = 'poison' then raise exception 'poison'; end if; return new; end $$;
        create trigger poison before insert on tickets for each row execute function refuse();
        """;

    private const string Mend = "drop trigger poison on tickets; drop function refuse";

    [RealFault(everyRun: true)]
    public async Task Poison_holds_up_its_own_order_alone_until_the_handler_is_mended_and_the_events_are_replayed()
    {
        var platform = await Servers.Running;
        await using var store = NpgsqlDataSource.Create(platform.Database("store"));
        await During(platform, async _ =>
        {
            await Run(store, Break);
            var poisoned = await PlacedOrder.Of(platform, new { item = "chicken", address = "poison" });
            (await poisoned.AskToCancel()).ExpectSuccess();
            var next = await PlacedOrder.Of(platform, new { item = "chicken", address = "서울시 마포구 1" });

            await next.Moves("receive", "cook", "cooked", "ship", "deliver");
            await next.Shows("delivered");
            var parked = await Eventually.Gives(async () =>
            {
                var letters = (await platform.Rest("Store").Get(Letters)).Expect(200).Members("deadLetters");
                Assert.True(letters.Count > 1, "The later event is not parked.");
                return letters;
            });
            Assert.All(parked, letter => Assert.Equal($"{poisoned.Id}", letter.Word("key")));
            Assert.Contains("poison", parked[0].Word("error"), StringComparison.Ordinal);
            Assert.All(parked.Skip(1), static letter => Assert.StartsWith("behind", letter.Word("error"), StringComparison.Ordinal));
            (await platform.Rest("Store").Get($"/deliveries/{poisoned.Id}")).Expect(404);

            await Run(store, Mend);
            (await platform.Rest("Store").Post($"{Letters}/replay", new { consumer = parked[0].Word("consumer"), key = $"{poisoned.Id}" })).Expect(200);

            await poisoned.Shows("refunded");
            Assert.Equal("order_canceled", (await poisoned.Ticket()).Word("status"));
            Assert.Empty((await platform.Rest("Store").Get(Letters)).Expect(200).Members("deadLetters"));
        });
    }

    private static async Task Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
