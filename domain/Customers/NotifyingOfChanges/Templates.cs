using System.Collections.Frozen;

namespace FoodDelivery.Customers.NotifyingOfChanges;

/// <summary>All that notifications can say: each message in both languages, with a reason and without.</summary>
public static class Templates
{
    private static readonly (string Code, string Korean, string English)[] Messages =
    [
        ("paid", "주문 #{order}번(#{dishes}) #{won}원이 결제되었습니다. 가게의 확인을 기다리고 있습니다.",
            "#{won} won were paid for order #{order} (#{dishes}). The store's answer follows."),
        ("declined", "주문 #{order}번의 결제가 승인되지 않아 주문이 접수되지 않았습니다.", "The payment of order #{order} was declined; nothing has been ordered."),
        ("received", "가게가 주문 #{order}번을 접수했습니다.", "The store has accepted order #{order}."),
        ("cooking", "주문 #{order}번의 조리를 시작했습니다.", "Order #{order} is being cooked."),
        ("cooked", "주문 #{order}번의 조리가 끝났습니다.", "Order #{order} is cooked."),
        ("delivering", "주문 #{order}번의 배달이 시작되었습니다.", "Order #{order} is on its way."),
        ("delivered", "주문 #{order}번이 배달되었습니다. 맛있게 드세요!", "Order #{order} has been delivered. Enjoy your meal!"),
        ("picked-up", "주문 #{order}번을 찾아가셨습니다. 맛있게 드세요!", "You have picked up order #{order}. Enjoy your meal!"),
        ("rejected", "가게가 주문 #{order}번을 받을 수 없습니다. 결제 금액은 곧 환불됩니다.", "The store cannot take order #{order}. Your money will be back soon."),
        ("cancel-asked", "주문 #{order}번의 취소를 요청했습니다. 가게의 확인을 기다리고 있습니다.",
            "You have asked to cancel order #{order}. The store's answer follows."),
        ("cancel-denied", "주문 #{order}번은 취소할 수 없어 그대로 진행됩니다.", "Order #{order} cannot be cancelled any more and goes on."),
        ("cancelled", "주문 #{order}번이 취소되었습니다. 결제 금액은 곧 환불됩니다.", "Order #{order} is cancelled. Your money will be back soon."),
        ("refunded", "주문 #{order}번의 결제 금액 #{won}원이 환불되었습니다.", "The #{won} won paid for order #{order} have been refunded."),
        ("goes-on", "주문 #{order}번은 계속 진행 중입니다. 현재 상태: #{status}", "Order #{order} goes on; it is #{status}."),
        ("arrived", "새 주문 #{order}번이 들어왔습니다: #{dishes}, 합계 #{won}원.",
            "A new order has arrived, number #{order}: #{dishes}, #{won} won altogether."),
    ];

    private static readonly FrozenDictionary<string, MessageTemplate> ByCode = Messages.SelectMany(InAllWays).ToFrozenDictionary(
        static template => template.Code, StringComparer.Ordinal);

    /// <summary>Each of them, for whoever registers them with a provider.</summary>
    public static IEnumerable<MessageTemplate> All => ByCode.Values.OrderBy(static template => template.Code, StringComparer.Ordinal);

    /// <summary>One of them.</summary>
    internal static MessageTemplate Of(string message, Language language, bool withReason) =>
        ByCode[$"{message}{(withReason ? "-why" : "")}-{(language == Language.Korean ? "ko" : "en")}"];

    private static IEnumerable<MessageTemplate> InAllWays((string Code, string Korean, string English) message) =>
    [
        new($"{message.Code}-ko", message.Korean),
        new($"{message.Code}-en", message.English),
        new($"{message.Code}-why-ko", $"{message.Korean} 사유: #{{reason}}"),
        new($"{message.Code}-why-en", $"{message.English} Reason: #{{reason}}"),
    ];
}
