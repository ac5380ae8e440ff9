using System.Globalization;
using FoodDelivery.Customers.FollowingOrders;

namespace FoodDelivery.Customers.NotifyingOfChanges;

/// <summary>What notifications say, in each language.</summary>
public static class Wording
{
    /// <summary>What the customer reads about a change, the reason for it included.</summary>
    public static string ForCustomer(OrderStatusChanged changed, Language language) => (language, GoesOn(changed)) switch
    {
        (Language.Korean, true) => $"주문 {changed.OrderId}번은 계속 진행 중입니다. 현재 상태: {changed.Change.Status.Label().Ko}",
        (_, true) => $"Order {changed.OrderId} goes on; it is {changed.Change.Status.Label().En}.",
        (Language.Korean, _) => Korean(changed) + (changed.Change.Reason.Length > 0 ? $" 사유: {changed.Change.Reason}" : ""),
        _ => English(changed) + (changed.Change.Reason.Length > 0 ? $" Reason: {changed.Change.Reason}" : ""),
    };

    /// <summary>What the store's owner reads about a paid order.</summary>
    public static string ForOwner(OrderStatusChanged changed, Language language) => language == Language.Korean
        ? $"새 주문 {changed.OrderId}번이 들어왔습니다: {Dishes(changed, " 외 {0}건")}, 합계 {Won(changed)}원."
        : $"A new order has arrived, number {changed.OrderId}: {Dishes(changed, " and {0} more")}, {Won(changed)} won altogether.";

    // Progress needs no reason. One that has it is no news: the order is where it was before its cancellation was asked for and declined.
    private static bool GoesOn(OrderStatusChanged changed) => changed.Change is
    {
        Reason.Length: > 0,
        Status: OrderStatus.PaySuccess or OrderStatus.OrderReceived or OrderStatus.Cooking or OrderStatus.Cooked
            or OrderStatus.Delivering or OrderStatus.Delivered or OrderStatus.PickedUp,
    };

    private static string Korean(OrderStatusChanged changed) => changed.Change.Status switch
    {
        OrderStatus.PaySuccess => $"주문 {changed.OrderId}번({Dishes(changed, " 외 {0}건")}) {Won(changed)}원이 결제되었습니다. 가게의 확인을 기다리고 있습니다.",
        OrderStatus.PayFail => $"주문 {changed.OrderId}번의 결제가 승인되지 않아 주문이 접수되지 않았습니다.",
        OrderStatus.OrderReceived => $"가게가 주문 {changed.OrderId}번을 접수했습니다.",
        OrderStatus.Cooking => $"주문 {changed.OrderId}번의 조리를 시작했습니다.",
        OrderStatus.Cooked => $"주문 {changed.OrderId}번의 조리가 끝났습니다.",
        OrderStatus.Delivering => $"주문 {changed.OrderId}번의 배달이 시작되었습니다.",
        OrderStatus.Delivered => $"주문 {changed.OrderId}번이 배달되었습니다. 맛있게 드세요!",
        OrderStatus.PickedUp => $"주문 {changed.OrderId}번을 찾아가셨습니다. 맛있게 드세요!",
        OrderStatus.OrderRejected => $"가게가 주문 {changed.OrderId}번을 받을 수 없습니다. 결제 금액은 곧 환불됩니다.",
        OrderStatus.CancelRequested => $"주문 {changed.OrderId}번의 취소를 요청했습니다. 가게의 확인을 기다리고 있습니다.",
        OrderStatus.CancelDeclined => $"주문 {changed.OrderId}번은 취소할 수 없어 그대로 진행됩니다.",
        OrderStatus.OrderCancel => $"주문 {changed.OrderId}번이 취소되었습니다. 결제 금액은 곧 환불됩니다.",
        OrderStatus.Refunded => $"주문 {changed.OrderId}번의 결제 금액 {Won(changed)}원이 환불되었습니다.",
        var other => throw new ArgumentOutOfRangeException(nameof(changed), other, "Nothing is said about this status."),
    };

    private static string English(OrderStatusChanged changed) => changed.Change.Status switch
    {
        OrderStatus.PaySuccess => $"{Won(changed)} won were paid for order {changed.OrderId} ({Dishes(changed, " and {0} more")}). The store's answer follows.",
        OrderStatus.PayFail => $"The payment of order {changed.OrderId} was declined; nothing has been ordered.",
        OrderStatus.OrderReceived => $"The store has accepted order {changed.OrderId}.",
        OrderStatus.Cooking => $"Order {changed.OrderId} is being cooked.",
        OrderStatus.Cooked => $"Order {changed.OrderId} is cooked.",
        OrderStatus.Delivering => $"Order {changed.OrderId} is on its way.",
        OrderStatus.Delivered => $"Order {changed.OrderId} has been delivered. Enjoy your meal!",
        OrderStatus.PickedUp => $"You have picked up order {changed.OrderId}. Enjoy your meal!",
        OrderStatus.OrderRejected => $"The store cannot take order {changed.OrderId}. Your money will be back soon.",
        OrderStatus.CancelRequested => $"You have asked to cancel order {changed.OrderId}. The store's answer follows.",
        OrderStatus.CancelDeclined => $"Order {changed.OrderId} cannot be cancelled any more and goes on.",
        OrderStatus.OrderCancel => $"Order {changed.OrderId} is cancelled. Your money will be back soon.",
        OrderStatus.Refunded => $"The {Won(changed)} won paid for order {changed.OrderId} have been refunded.",
        var other => throw new ArgumentOutOfRangeException(nameof(changed), other, "Nothing is said about this status."),
    };

    private static string Won(OrderStatusChanged changed) => changed.Total.Won.ToString("N0", CultureInfo.InvariantCulture);

    private static string Dishes(OrderStatusChanged changed, string more) => changed.Lines.Count switch
    {
        0 => "-",
        1 => Dish(changed.Lines[0]),
        var count => Dish(changed.Lines[0]) + string.Format(CultureInfo.InvariantCulture, more, count - 1),
    };

    private static string Dish(OrderLine line) => line.Quantity == 1 ? line.Item : $"{line.Item} × {line.Quantity}";
}
