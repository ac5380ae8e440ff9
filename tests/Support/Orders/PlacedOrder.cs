using System.Text.Json;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;
using Xunit;

namespace FoodDelivery.Tests.Support.Orders;

/// <summary>One order on its way, as its customer and its store's owner see it by REST.</summary>
/// <param name="platform">Where it was placed.</param>
/// <param name="id">Its number.</param>
public sealed class PlacedOrder(IPlatform platform, long id)
{
    /// <summary>Its number.</summary>
    public long Id { get; } = id;

    /// <summary>Places an order and demands that it is accepted.</summary>
    public static async Task<PlacedOrder> Of(IPlatform platform, object body, string? key = null)
    {
        var answer = (await platform.Rest("Order").Post("/orders", body, key)).Expect(201);
        return new PlacedOrder(platform, answer.Number("orderId"));
    }

    /// <summary>The order, as Ordering knows it.</summary>
    public async Task<Answer> Order() => (await platform.Rest("Order").Get($"/orders/{Id}")).Expect(200);

    /// <summary>The order in the status view, once it is there.</summary>
    public Task<Answer> View() => Eventually.Gives(async () => (await platform.Rest("Customer").Get($"/orderStatuses/{Id}")).Expect(200));

    /// <summary>The store's ticket, once it is there.</summary>
    public Task<Answer> Ticket() => Eventually.Gives(async () => (await platform.Rest("Store").Get($"/deliveries/{Id}")).Expect(200));

    /// <summary>Waits until the view shows a status.</summary>
    public Task<Answer> Shows(string status, TimeSpan? within = null) => Eventually.Gives(
        async () =>
        {
            var view = (await platform.Rest("Customer").Get($"/orderStatuses/{Id}")).Expect(200);
            Assert.Equal(status, view.Word("status"));
            return view;
        },
        within);

    /// <summary>The owner moves the ticket on: receive, cook, cooked, ship, deliver, …</summary>
    public async Task<PlacedOrder> Moves(params string[] moves)
    {
        await Ticket();
        foreach (var move in moves)
            (await Move(move)).Expect(200);
        return this;
    }

    /// <summary>The owner tries to move the ticket on.</summary>
    public Task<Answer> Move(string status) => platform.Rest("Store").Patch($"/deliveries/{Id}", new { status });

    /// <summary>The customer asks to cancel.</summary>
    public Task<Answer> AskToCancel() => platform.Rest("Order").Patch($"/orders/{Id}", new { status = "order_cancel_request" });

    /// <summary>Its one payment.</summary>
    public async Task<JsonElement> Payment() =>
        Assert.Single((await platform.Rest("Pay").Get($"/payments?orderId={Id}")).Expect(200).Members("payments"));

    /// <summary>The statuses that the view has seen, oldest first.</summary>
    public async Task<IReadOnlyList<string>> History() =>
        [.. (await View()).At("history").EnumerateArray().Select(static change => change.GetProperty("status").GetString()!)];

    /// <summary>What was sent about it, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> Notifications() =>
        (await platform.Rest("Customer").Get($"/notifications?orderId={Id}&size=100")).Expect(200).Members("notifications");
}
