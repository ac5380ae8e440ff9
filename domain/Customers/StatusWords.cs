using System.Collections.Frozen;

namespace FoodDelivery.Customers;

/// <summary>A status in the words of programs and of people.</summary>
public static class StatusWords
{
    private static readonly FrozenDictionary<OrderStatus, (string Word, StatusLabel Label)> Words =
        new Dictionary<OrderStatus, (string, StatusLabel)>
        {
            [OrderStatus.PaySuccess] = ("pay_success", new("결제완료", "paid")),
            [OrderStatus.PayFail] = ("pay_fail", new("결제실패", "payment declined")),
            [OrderStatus.OrderReceived] = ("order_received", new("주문접수", "accepted by the store")),
            [OrderStatus.Cooking] = ("cooking", new("조리중", "cooking")),
            [OrderStatus.Cooked] = ("cooked", new("조리완료", "cooked")),
            [OrderStatus.Delivering] = ("delivering", new("배송됨", "shipped")),
            [OrderStatus.Delivered] = ("delivered", new("배달완료", "delivered")),
            [OrderStatus.PickedUp] = ("picked_up", new("픽업완료", "picked up")),
            [OrderStatus.OrderRejected] = ("order_rejected", new("주문거절", "rejected by the store")),
            [OrderStatus.CancelRequested] = ("cancel_requested", new("취소요청", "cancellation requested")),
            [OrderStatus.CancelDeclined] = ("cancel_declined", new("취소불가", "cancellation declined")),
            [OrderStatus.OrderCancel] = ("order_cancel", new("주문취소", "cancelled")),
            [OrderStatus.Refunded] = ("refunded", new("환불완료", "refunded")),
        }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, OrderStatus> Statuses =
        Words.ToFrozenDictionary(static entry => entry.Value.Word, static entry => entry.Key, StringComparer.Ordinal);

    /// <summary>The stable word for programs, such as <c>pay_success</c>.</summary>
    public static string Word(this OrderStatus status) => Words[status].Word;

    /// <summary>What people are shown.</summary>
    public static StatusLabel Label(this OrderStatus status) => Words[status].Label;

    /// <summary>Whether an order ordinarily stays there. A rejected or cancelled one does not: its refund follows.</summary>
    public static bool IsFinal(this OrderStatus status) =>
        status is OrderStatus.Delivered or OrderStatus.PickedUp or OrderStatus.Refunded or OrderStatus.PayFail;

    /// <summary>The status with that word.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static OrderStatus Parse(string word) =>
        Statuses.TryGetValue(word, out var status) ? status : throw new ArgumentException($"'{word}' is no status.", nameof(word));
}
