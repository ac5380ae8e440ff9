using System.Collections.Frozen;

namespace FoodDelivery.Customers;

/// <summary>Where an order is, as its customer is told. Ordering decides it; this context only follows.</summary>
public enum OrderStatus
{
    /// <summary>Paid; the store has not answered yet.</summary>
    PaySuccess = 1,

    /// <summary>The payment was declined; no order exists.</summary>
    PayFail,

    /// <summary>The store has accepted.</summary>
    OrderReceived,

    /// <summary>It is being cooked.</summary>
    Cooking,

    /// <summary>It waits for the rider or the customer.</summary>
    Cooked,

    /// <summary>It is on its way.</summary>
    Delivering,

    /// <summary>The customer has it, at home.</summary>
    Delivered,

    /// <summary>The customer has it, from the store.</summary>
    PickedUp,

    /// <summary>The store has rejected it; the refund follows.</summary>
    OrderRejected,

    /// <summary>The customer has asked to cancel; the store decides.</summary>
    CancelRequested,

    /// <summary>The store has declined to cancel; the status before follows at once.</summary>
    CancelDeclined,

    /// <summary>Cancelled; the refund follows.</summary>
    OrderCancel,

    /// <summary>The money is back.</summary>
    Refunded,
}

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

/// <summary>What people are shown for a status.</summary>
/// <param name="Ko">In Korean.</param>
/// <param name="En">In English.</param>
public sealed record StatusLabel(string Ko, string En);
