using System.Text.Json;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Each check holds for books that agree, and is shown to fail on books that do not.</summary>
public sealed class CheckTests
{
    private static readonly string[] Statuses = ["pay_success", "order_received", "cooking", "cooked", "delivering", "delivered"];

    private static readonly Books Sound = new(
        [Order("delivered")],
        [Json(new { orderId = 1, price = 5, status = "approved" }), Orphan(seconds: 60)],
        [Json(new { orderId = 1, status = "deliver" })],
        [View("delivered", Statuses)],
        [.. Statuses.Append("order_get").Select(static status => Json(new { orderId = 1, status }))],
        [new Charge(1, 5, Charge.Approved), new Charge(2, 5, "Refunded")]);

    private static readonly Dictionary<string, Books[]> Planted = new(StringComparer.Ordinal)
    {
        ["order exists"] = [Sound with { Orders = [] }, Sound with { Orders = [.. Sound.Orders, .. Sound.Orders] }],
        ["paid once"] = [Sound with { Orders = [Order("refunded")] }, Sound with { Payments = [] }, Sound with { Payments = [.. Sound.Payments, .. Sound.Payments] }],
        ["no orphan payment"] =
        [
            Sound with { Payments = [.. Sound.Payments, Json(new { orderId = 2, price = 5, status = "approved" })] },
            Sound with { Payments = [Sound.Payments[0], Orphan(seconds: 61)] },
        ],
        ["provider agrees"] =
        [
            Sound with { Charges = [] },
            Sound with { Charges = [new Charge(1, 6, Charge.Approved)] },
            Sound with { Charges = [new Charge(1, 5, "Refunded")] },
            Sound with { Charges = [.. Sound.Charges, new Charge(3, 5, Charge.Approved)] },
        ],
        ["one ticket"] = [Sound with { Tickets = [] }, Sound with { Tickets = [.. Sound.Tickets, .. Sound.Tickets] }],
        ["ended"] = [Sound with { Orders = [Order("delivering")] }, Sound with { Orders = [Order("refunded")] }],
        ["view = truth"] =
        [
            Sound with { Views = [] },
            Sound with { Views = [View("cooked", Statuses)] },
            Sound with { Views = [View("delivered", [.. Statuses.Reverse()])] },
            Sound with { Views = [View("delivered", Statuses[1..])] },
        ],
        ["told once"] =
        [
            Sound with { Notifications = [.. Sound.Notifications.Skip(1)] },
            Sound with { Notifications = [.. Sound.Notifications, Sound.Notifications[0]] },
            Sound with { Notifications = [.. Sound.Notifications.Reverse()] },
        ],
    };

    public static TheoryData<string> Names => [.. Checks.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds(string check) => Assert.Empty(Checks.All[check](Sound, [1]));

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_seen_to_fail(string check) => Assert.All(Planted[check], books => Assert.NotEmpty(Checks.All[check](books, [1])));

    [Fact]
    public void Two_callers_are_not_given_one_order() => Assert.NotEmpty(Checks.All["order exists"](Sound, [1, 1]));

    private static JsonElement Orphan(int seconds) =>
        Json(new { orderId = 2, price = 5, status = "refunded", createdAt = DateTimeOffset.UnixEpoch, updatedAt = DateTimeOffset.UnixEpoch.AddSeconds(seconds) });

    private static JsonElement Order(string status) => Json(new { orderId = 1, total = 5, status, statusVersion = 6 });

    private static JsonElement View(string status, string[] history) =>
        Json(new { orderId = 1, status, version = 6, history = history.Select(static (word, index) => new { version = index + 1, status = word }) });

    private static JsonElement Json(object resource) => JsonSerializer.SerializeToElement(resource);
}
