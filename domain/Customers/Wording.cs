using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FoodDelivery.Customers;

/// <summary>What a notification says.</summary>
/// <param name="Template">The code of the template that it fills.</param>
/// <param name="Text">What is read.</param>
public sealed record Wording(string Template, string Text)
{
    /// <summary>
    /// What the customer reads about a change, the reason for it included unless it is what a customer wrote: a message goes to a telephone in our name, and says
    /// nothing that we or a store have not.
    /// </summary>
    public static Wording ForCustomer(OrderStatusChanged changed, Language language) => GoesOn(changed)
        ? Fill(Templates.Of("goes-on", language, withReason: false), changed, language)
        : Fill(Templates.Of(Message(changed.Change.Status), language, HasOurReason(changed)), changed, language);

    /// <summary>What the store's owner reads about a paid order.</summary>
    public static Wording ForOwner(OrderStatusChanged changed, Language language) =>
        Fill(Templates.Of("arrived", language, withReason: false), changed, language);

    /// <summary>What is sent to a telephone to find out whose it is.</summary>
    internal static Wording OfCode(string code, TimeSpan validFor, Language language)
    {
        var template = Templates.Of("code", language, withReason: false);
        return new Wording(template.Code, template.Fill(gap => gap == "code" ? code : ((int)validFor.TotalMinutes).ToString(CultureInfo.InvariantCulture)));
    }

    // Progress needs no reason. One that has it is no news: the order is where it was before its cancellation was asked for and declined.
    private static bool GoesOn(OrderStatusChanged changed) => changed.Change is
    {
        Reason.Length: > 0,
        Status: OrderStatus.PaySuccess or OrderStatus.OrderReceived or OrderStatus.Cooking or OrderStatus.Cooked
            or OrderStatus.Delivering or OrderStatus.Delivered or OrderStatus.PickedUp,
    };

    // What is asked for is in the customer's words, also in events from before anybody said whose they are.
    private static bool HasOurReason(OrderStatusChanged changed) =>
        changed.Change.Reason.Length > 0 && !changed.IsCustomersReason && changed.Change.Status != OrderStatus.CancelRequested;

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
        "reason" => Reasons.In(language, changed),
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

/// <summary>
/// A message with gaps, as a provider of business messages wants it registered: <c>#{order}</c> stands for the order's number. What is sent
/// must be a registered template with its gaps filled.
/// </summary>
/// <param name="Code">Its code at the provider: at most twenty characters.</param>
/// <param name="Text">The text with gaps.</param>
public sealed partial record MessageTemplate(string Code, string Text)
{
    /// <summary>The text with its gaps filled; a value that looks like a gap stays what it is.</summary>
    public string Fill(Func<string, string> value) => Gap().Replace(Text, gap => value(gap.Groups["name"].Value));

    [GeneratedRegex(@"#\{(?<name>[a-z]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Gap();
}

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

    private static readonly MessageTemplate[] Codes =
    [
        new("code-ko", "FoodDelivery 인증번호는 #{code}입니다. #{minutes}분 안에 입력하고 아무에게도 알리지 마세요."),
        new("code-en", "FoodDelivery: your code is #{code}. It is good for #{minutes} minutes; tell it to nobody."),
    ];

    private static readonly FrozenDictionary<string, MessageTemplate> ByCode = Messages.SelectMany(InAllWays).Concat(Codes).ToFrozenDictionary(
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

/// <summary>The reasons that no person has written: each has a code, by which it is told in the reader's language.</summary>
internal static class Reasons
{
    private static readonly FrozenDictionary<string, string> Korean = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ALREADY_ACCEPTED"] = "가게가 이미 주문을 접수했습니다.",
        ["ALREADY_COOKING"] = "이미 조리를 시작했습니다.",
        ["ALREADY_COOKED"] = "이미 조리가 끝났습니다.",
        ["ALREADY_DELIVERING"] = "이미 배달을 시작했습니다.",
        ["ALREADY_DELIVERED"] = "이미 배달되었습니다.",
        ["ALREADY_PICKED_UP"] = "이미 찾아가셨습니다.",
        ["ALREADY_REJECTED"] = "가게가 이미 주문을 거절했습니다.",
        ["ALREADY_CANCELLED"] = "이미 취소되었습니다.",
        ["STORE_DID_NOT_ANSWER"] = "가게가 제시간에 응답하지 않았습니다.",
        ["STORE_NOT_REACHED"] = "가게에 연락이 닿지 않았습니다.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The reason in a language; as it was published where the code is not known, and where a person wrote it.</summary>
    public static string In(Language language, OrderStatusChanged changed) =>
        language == Language.Korean ? Korean.GetValueOrDefault(changed.ReasonCode, changed.Change.Reason) : changed.Change.Reason;
}
