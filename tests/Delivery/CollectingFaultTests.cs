using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Load;
using FoodDelivery.Tests.Support.Messages;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Members' orders while the process dies again and again and the message provider loses answers.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Where a fault strikes is no secret, but must be repeatable.")]
public sealed class CollectingFaultTests(FaultTable table, ITestOutputHelper output) : FaultTests(table, output)
{
    private static readonly NhnFault[] Troubles =
        [NhnFault.BreaksBefore, NhnFault.BreaksAfter, NhnFault.SilentAfter, NhnFault.FailsBefore, NhnFault.FailsAfter, NhnFault.GarbageAfter];

    private static int Ordered => Math.Max(40, Orders / 4);

    [Fact]
    public async Task No_point_and_no_message_is_doubled_or_missed_although_everything_dies()
    {
        await using var stub = await NhnStub.Start();
        await using var fleet = await Fleet.Local([.. Settings, .. stub.Settings, "--Customer:Channels:UnclearSeconds=0.5", "--Customer:Messages:ToPhoneADay=1000000"]);
        await During(fleet, async random =>
        {
            string[] members = [await SignUp(fleet, stub, "kakao"), await SignUp(fleet, stub, "sms")];
            stub.Fault = _ =>
            {
                lock (random)
                    return random.Next(8) == 0 ? Troubles[random.Next(Troubles.Length)] : NhnFault.None;
            };
            var load = new OrderLoad(fleet.Rest("Order"), [.. Enumerable.Range(0, Ordered).Select(number => new Wish(
                $"{Seed}-collecting-{number}", new { item = "chicken", qty = 1 + (number % 3), membershipNumber = members[number % 2] }, Patient: true))]);
            var living = Live(fleet, load);
            for (var round = 0; round < 3; round++)
            {
                await Task.Delay(random.Next(300, 1500));
                await fleet["Local"].Kill();
                await fleet["Local"].Start();
            }

            await living;
            await Settled(fleet, stub, members, load.Acknowledged);
        });
    }

    private static async Task<string> SignUp(Fleet fleet, NhnStub stub, string channel)
    {
        var customers = fleet.Rest("Customer");
        var number = (await customers.Post("/members", new { name = "김철수", phone = "010-1234-5678", channel })).Expect(201).Word("membershipNumber");
        (await customers.Post($"/members/{number}/phoneConfirmations", new { })).Expect(202);
        var code = string.Concat(stub.Delivered[^1].Text.Where(char.IsAsciiDigit))[..6];
        (await customers.Patch($"/members/{number}/phoneConfirmations", new { code })).Expect(200);
        return number;
    }

    private static async Task Live(Fleet fleet, OrderLoad load)
    {
        await load.Open(Rate);
        await Parallel.ForEachAsync(load.Acknowledged, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (id, _) =>
        {
            var order = new PlacedOrder(fleet, id);
            foreach (var move in id % 3 == 0 ? ["reject"] : id % 3 == 1 ? new[] { "receive" } : ["receive", "cook", "cooked", "ship", "deliver"])
                await Insistence.Until(() => order.Move(move));
            if (id % 3 == 1)
            {
                await order.Shows("order_received", TimeSpan.FromSeconds(60));
                await Insistence.Until(() => fleet.Rest("Pay").Post("/payments", new { orderId = id, action = "cancel" }));
            }
        });
    }

    private static async Task Settled(Fleet fleet, NhnStub stub, string[] members, IReadOnlyList<long> placed)
    {
        Assert.Equal(Ordered, placed.Count);
        var views = await Task.WhenAll(placed.Select(id => new PlacedOrder(fleet, id).Shows(id % 3 == 2 ? "delivered" : "refunded", TimeSpan.FromSeconds(90))));
        var wanted = views.SelectMany(static view => view.At("history").EnumerateArray().Select(change => $"order-{view.Number("orderId")}-{change.Number("version")}-customer"))
            .Order(StringComparer.Ordinal).ToList();
        await Eventually.Holds(
            () =>
            {
                Assert.Equal(wanted, stub.Delivered.Select(static message => message.Key).Where(static key => key.StartsWith("order-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
                return Task.CompletedTask;
            },
            TimeSpan.FromSeconds(90));

        var orders = await Task.WhenAll(placed.Select(id => new PlacedOrder(fleet, id).Order()));
        foreach (var member in members)
        {
            var theirs = orders.Where(order => order.Word("membershipNumber") == member).ToList();
            var expected = theirs.Where(static order => order.Number("orderId") % 3 > 0).Sum(static order => order.Number("total") / 100)
                - theirs.Where(static order => order.Number("orderId") % 3 == 1).Sum(static order => order.Number("total") / 100);
            await Eventually.Holds(async () =>
            {
                var account = (await fleet.Rest("Customer").Get($"/members/{member}/points?size=1000")).Expect(200);
                Assert.Equal(expected, account.Number("points"));
                Assert.Equal(
                    theirs.Count(static order => order.Number("orderId") % 3 > 0) + theirs.Count(static order => order.Number("orderId") % 3 == 1),
                    account.Number("page", "totalElements"));
            });
        }
    }
}
