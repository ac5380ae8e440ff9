using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Tests.Support.Processes;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Each service has a clock of its own, which jumps an hour ahead and back and an hour behind and back, in the midst of orders.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Where a fault strikes is no secret, but must be repeatable.")]
public sealed class ClockTests(FaultTable table, ITestOutputHelper output) : FaultTests(table, output)
{
    private static readonly TimeSpan Jump = TimeSpan.FromHours(1);

    [LongFault(FakeClock.Program)]
    public async Task Clocks_that_jump_cost_nothing()
    {
        using var clocks = new FakeClocks();
        await using var fleet = await Fleet.Apart(clocks.EnvironmentOf, Settings);
        await During(fleet, async random =>
        {
            var load = Load(fleet);
            var placing = load.Open(Rate / 4);
            var asked = new List<long>();
            foreach (var times in (int[])[1, 0, -1, 0])
            {
                foreach (var clock in clocks.All.OrderBy(_ => random.Next()).ToList())
                {
                    clock.Jump(Jump * times);
                    await Task.Delay(random.Next(100, 400));
                }

                asked.Add(await HasJumped(fleet, Jump * times));
            }

            await placing;
            await Audit.Of("each clock +1 h, right, −1 h, right", fleet, [.. load.Acknowledged, .. asked], [], Table, Output, Jump);
            Assert.All(load.Fates.Where(static fate => fate.Wish.Patient), static fate => Assert.True(fate.Acknowledged, fate.Last));
        });
    }

    // A fault that does not strike would prove nothing: the time that a payment shows is the one that was set.
    private static async Task<long> HasJumped(Fleet fleet, TimeSpan ahead)
    {
        await Task.Delay(FakeClock.Noticed);
        var key = $"clock {ahead} {Guid.NewGuid()}";
        await Insistence.Until(() => fleet.Rest("Order").Post("/orders", new { item = "chicken" }, key));
        var order = (await fleet.Rest("Order").Post("/orders", new { item = "chicken" }, key)).ExpectSuccess().Number("orderId");
        var payment = (await fleet.Rest("Pay").Get($"/payments?orderId={order}")).Expect(200).Members("payments")[0];
        var offset = payment.GetProperty("createdAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow();
        Assert.InRange(offset, ahead - (Jump / 2), ahead + (Jump / 2));
        return order;
    }
}
