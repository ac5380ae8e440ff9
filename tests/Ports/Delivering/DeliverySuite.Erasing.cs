using Dapper;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>What people wrote leaves the service's own database.</summary>
public abstract partial class DeliverySuite
{
    [SuiteFact]
    public async Task What_people_wrote_in_kept_events_is_overwritten_and_others_texts_stay()
    {
        var sender = await Sender();
        await sender.Tell(new OrderStatusChanged { OrderId = 7, Version = 1, Address = "유별난동 1" });
        await sender.Tell(new OrderStatusChanged { OrderId = 8, Version = 1, Address = "남의 주소" });
        await Eventually.Holds(async () => Assert.Equal(2, (await Published(sender)).Count));

        await sender.Services.GetRequiredService<MessageErasure>().Erase(["5", "6", "7"], default);

        Assert.Equal(["erased", "남의 주소"], await Published(sender));
    }

    [SuiteFact]
    public async Task Keys_of_sealed_texts_are_kept_found_and_thrown_away()
    {
        var (first, second) = (new TextKeyTable((await Sender()).Database, "keys"), new TextKeyTable((await Sender()).Database, "keys"));
        TextKey[] keys = [TextKey.New("1"), TextKey.New("1"), TextKey.New("2")];
        Assert.Equal(0, await first.Position(default));

        Assert.True(await first.Keep(keys, [], from: 0, next: 3, default));
        Assert.False(await second.Keep([TextKey.New("3")], [keys[0].Id], from: 0, next: 2, default));
        Assert.True(await second.Keep(keys, [keys[0].Id], from: 3, next: 4, default));

        Assert.Equal(4, await first.Position(default));
        var found = Assert.Single(await first.OfRecords(["1", "3", "4"], default));
        Assert.Equal(("1", keys[1].Id), (found.RecordKey, found.Id));
        Assert.Equal(keys[1].Secret, found.Secret);
        Assert.Equal("2", Assert.Single(await second.WithIds([keys[0].Id, keys[2].Id], default)).RecordKey);
        Assert.Empty(await second.WithIds([], default));
        Assert.Equal(keys[1..].Select(static key => key.Id).Order(StringComparer.Ordinal), (await first.After("", default)).Select(static key => key.Id));
    }

    private static Task<List<string>> Published(Process sender) => sender.Database.Read(
        static async connection => (await connection.QueryAsync<byte[]>("select value from published order by sequence"))
            .Select(static value => OrderStatusChanged.Parser.ParseFrom(EventDecoder.Decode(value).Data).Address).ToList(),
        default);
}
