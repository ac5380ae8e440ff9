using System.Globalization;
using FoodDelivery.Customers.FollowingOrders;

namespace FoodDelivery.Customers.NotifyingOfChanges;

/// <summary>What a notification says.</summary>
/// <param name="Template">The code of the template that it fills.</param>
/// <param name="Text">What is read.</param>
public sealed record Wording(string Template, string Text)
{
    /// <summary>What the customer reads about a change, the reason for it included.</summary>
    public static Wording ForCustomer(OrderStatusChanged changed, Language language) => GoesOn(changed)
        ? Fill(Templates.Of("goes-on", language, withReason: false), changed, language)
        : Fill(Templates.Of(Message(changed.Change.Status), language, changed.Change.Reason.Length > 0), changed, language);

    /// <summary>What the store's owner reads about a paid order.</summary>
    public static Wording ForOwner(OrderStatusChanged changed, Language language) =>
        Fill(Templates.Of("arrived", language, withReason: false), changed, language);

    // Progress needs no reason. One that has it is no news: the order is where it was before its cancellation was asked for and declined.
    private static bool GoesOn(OrderStatusChanged changed) => changed.Change is
    {
        Reason.Length: > 0,
        Status: OrderStatus.PaySuccess or OrderStatus.OrderReceived or OrderStatus.Cooking or OrderStatus.Cooked
            or OrderStatus.Delivering or OrderStatus.Delivered or OrderStatus.PickedUp,
    };

    private static string Message(OrderStatus status) => status switch
    {
        OrderStatus.PaySuccess => "paid",
        OrderStatus.PayFail => "declined",
        OrderStatus.OrderReceived => "received",
        OrderStatus.Cooking => "cooking",
        OrderStatus.Cooked => "cooked",
        OrderStatus.Delivering => "delivering",
        OrderStatus.Delivered => "delivered",
        OrderStatus.PickedUp => "picked-up",
        OrderStatus.OrderRejected => "rejected",
        OrderStatus.CancelRequested => "cancel-asked",
        OrderStatus.CancelDeclined => "cancel-denied",
        OrderStatus.OrderCancel => "cancelled",
        OrderStatus.Refunded => "refunded",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Nothing is said about this status."),
    };

    private static Wording Fill(MessageTemplate template, OrderStatusChanged changed, Language language) => new(template.Code, template.Fill(gap => gap switch
    {
        "order" => changed.OrderId.ToString(),
        "won" => changed.Total.Won.ToString("N0", CultureInfo.InvariantCulture),
        "dishes" => Dishes(changed.Lines, language),
        "status" => language == Language.Korean ? changed.Change.Status.Label().Ko : changed.Change.Status.Label().En,
        "reason" => StoreReasons.In(language, changed.Change.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(template), gap, "Nobody knows what belongs into this gap."),
    }));

    private static string Dishes(IReadOnlyList<OrderLine> lines, Language language) => (lines.Count, language) switch
    {
        (0, _) => "-",
        (1, _) => Dish(lines[0]),
        (var count, Language.Korean) => $"{Dish(lines[0])} 외 {count - 1}건",
        var (count, _) => $"{Dish(lines[0])} and {count - 1} more",
    };

    private static string Dish(OrderLine line) => line.Quantity == 1 ? line.Item : $"{line.Item} × {line.Quantity}";
}
