using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>An order's status as REST answers it. Item, qty and price are the first line's.</summary>
internal sealed record OrderStatusAnswer(
    long OrderId,
    string Status,
    StatusLabel Label,
    long Version,
    string? Item,
    int? Qty,
    long? Price,
    long StoreId,
    string? Reason,
    string? CustomerId,
    long DeliveryFee,
    long Discount,
    long Total,
    IReadOnlyList<LineAnswer> Lines,
    long? PaymentId,
    IReadOnlyList<ChangeAnswer> History)
{
    public static OrderStatusAnswer Of(OrderStatusView view)
    {
        var first = view.Lines.Count > 0 ? view.Lines[0] : null;
        return new(
            view.OrderId.Value,
            view.Status.Word(),
            view.Status.Label(),
            view.Version,
            first?.Item,
            first?.Quantity,
            first?.UnitPrice.Won,
            view.StoreId.Value,
            view.Reason.OrNull(),
            view.CustomerId.OrNull(),
            view.DeliveryFee.Won,
            view.Discount.Won,
            view.Total.Won,
            [.. view.Lines.Select(static line => new LineAnswer(line.Item, line.Quantity, line.UnitPrice.Won))],
            view.PaymentId == 0 ? null : view.PaymentId,
            [.. view.History.Select(ChangeAnswer.Of)]);
    }
}

/// <summary>One dish.</summary>
/// <param name="Item">As the customer wrote it.</param>
/// <param name="Qty">How many.</param>
/// <param name="Price">The price of one, in won.</param>
internal sealed record LineAnswer(string Item, int Qty, long Price);

/// <summary>One change.</summary>
internal sealed record ChangeAnswer(long Version, string Status, StatusLabel Label, string? Reason, DateTimeOffset At)
{
    public static ChangeAnswer Of(StatusChange change) => new(
        change.Version, change.Status.Word(), change.Status.Label(), change.Reason.OrNull(), change.At);
}

/// <summary>An order's status in the words of a bakery's page: <c>Requested</c>, <c>Confirmed</c> and so on.</summary>
/// <param name="OrderId">The order's number.</param>
/// <param name="Item">The first line's dish.</param>
/// <param name="Qty">The first line's quantity.</param>
/// <param name="Price">The first line's price of one, in won.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Action">What was last done to the payment: <c>apply</c>, or <c>cancel</c> once it is refunded; null if nothing was paid.</param>
/// <param name="BakeryId">The store's number.</param>
/// <param name="PaymentId">The payment's number, where there is one.</param>
internal sealed record MyPageAnswer(
    long OrderId, string? Item, int? Qty, long? Price, string Status, string? Action, long BakeryId, long? PaymentId)
{
    public static MyPageAnswer Of(OrderStatusView view)
    {
        var first = view.Lines.Count > 0 ? view.Lines[0] : null;
        return new(
            view.OrderId.Value,
            first?.Item,
            first?.Quantity,
            first?.UnitPrice.Won,
            Word(view.Status),
            Done(view.Status),
            view.StoreId.Value,
            view.PaymentId == 0 ? null : view.PaymentId);
    }

    private static string Word(OrderStatus status) => status switch
    {
        OrderStatus.PaySuccess => "Requested",
        OrderStatus.PayFail => "PaymentFailed",
        OrderStatus.OrderReceived => "Confirmed",
        OrderStatus.Cooking => "Baking",
        OrderStatus.Cooked => "Baked",
        OrderStatus.Delivering => "Shipped",
        OrderStatus.Delivered => "Delivered",
        OrderStatus.PickedUp => "PickedUp",
        OrderStatus.OrderRejected => "Rejected",
        OrderStatus.CancelRequested => "CancelRequested",
        OrderStatus.CancelDeclined => "CancelDeclined",
        OrderStatus.OrderCancel => "Cancelled",
        OrderStatus.Refunded => "Refunded",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A bakery has no word for this status."),
    };

    private static string? Done(OrderStatus status) => status switch
    {
        OrderStatus.PayFail => null,
        OrderStatus.Refunded => "cancel",
        _ => "apply",
    };
}

/// <summary>A sent notification as REST answers it.</summary>
/// <param name="OrderId">The order that it is about.</param>
/// <param name="Status">The status that it tells of.</param>
/// <param name="Channel">How it was sent; <c>none</c> if it was not.</param>
/// <param name="Recipient">To whom.</param>
/// <param name="Text">What they read.</param>
/// <param name="SentAt">When.</param>
/// <param name="Refusal">Why it was not sent after all; null if it was, or if nobody wanted it to be.</param>
internal sealed record NotificationAnswer(
    long OrderId, string Status, string Channel, string Recipient, string Text, DateTimeOffset SentAt, string? Refusal)
{
    public static NotificationAnswer Of(SentNotification sent) => new(
        sent.Notification.OrderId.Value, sent.Notification.Status, sent.Channel, sent.Notification.Recipient, sent.Notification.Text, sent.SentAt,
        sent.Refusal.OrNull());
}

/// <summary>A member as REST answers them; of one who has withdrawn only the number and the times are left.</summary>
internal sealed record MemberAnswer(
    string MembershipNumber,
    string Status,
    string? Name,
    string? Phone,
    bool PhoneConfirmed,
    string Channel,
    string Language,
    string? CustomerId,
    DateTimeOffset SignedUpAt,
    DateTimeOffset? WithdrawnAt)
{
    public static HalResource Resource(Member member) => Hal.Resource(
        new MemberAnswer(
            member.Number.Digits,
            member.WithdrawnAt is null ? "active" : "withdrawn",
            member.Profile.Name.OrNull(),
            member.Profile.Phone.ToString().OrNull(),
            member.PhoneConfirmedAt is not null,
            member.Profile.Channel.Word(),
            member.Profile.Language.Word(),
            member.CustomerId.OrNull(),
            member.SignedUpAt,
            member.WithdrawnAt),
        $"/members/{member.Number}",
        "member");
}

/// <summary>What somebody says about themselves, at the sign-up or later.</summary>
internal sealed record MemberBody(
    [property: Description("In any script; also 이름")] string? Name,
    [property: Description("A South Korean mobile number; also 전화번호")] string? Phone,
    [property: Description("kakao, sms or none (the default): also 채널")] string? Channel,
    [property: Description("ko (the default) or en; also 언어")] string? Language,
    [property: Description("The customer that signs up; may be absent")] string? CustomerId)
{
    public static Result<SignUp> SignUp(RequestBody body, RequestKey? key)
    {
        if (Read(body).IsError(out var refusal, out var said)
            || !body.TryText(out var customer, out refusal, "customerId")
            || MemberProfile.Of(said.Name, said.Phone, said.Channel ?? ContactChannel.None, said.Language ?? FoodDelivery.Customers.Language.Korean)
                .IsError(out refusal, out var profile))
        {
            return refusal;
        }

        return new SignUp(customer?.Trim() ?? "", profile, key);
    }

    public static Result<ChangeMember> Change(RequestBody body, string number) => Read(body).IsError(out var refusal, out var said)
        ? refusal
        : new ChangeMember(number, said.Name, said.Phone, said.Channel, said.Language);

    private static Result<Said> Read(RequestBody body) =>
        !body.TryText(out var name, out var refusal, "name", "이름") || ContactFields.Read(body).IsError(out refusal, out var contact)
            ? refusal
            : new Said(name, contact.Phone, contact.Channel, contact.Language);

    private sealed record Said(string? Name, string? Phone, ContactChannel? Channel, Language? Language);
}

/// <summary>How somebody wants to be told, as a body says it; null where it says nothing.</summary>
internal sealed record ContactFields(string? Phone, ContactChannel? Channel, Language? Language)
{
    public static Result<ContactFields> Read(RequestBody body)
    {
        if (!body.TryText(out var phone, out var refusal, "phone", "전화번호")
            || !TryWord(body, ContactWords.ParseChannel, out var channel, out refusal, "channel", "채널")
            || !TryWord(body, ContactWords.ParseLanguage, out var language, out refusal, "language", "언어"))
        {
            return refusal;
        }

        return new ContactFields(phone, channel, language);
    }

    private static bool TryWord<T>(
        RequestBody body, Func<string, Result<T>> parse, out T? value, [NotNullWhen(false)] out Error? refusal, params ReadOnlySpan<string> names)
        where T : struct
    {
        value = null;
        if (!body.TryText(out var word, out refusal, names))
            return false;
        if (word is null)
            return true;
        if (parse(word).IsError(out refusal, out var parsed))
            return false;
        value = parsed;
        return true;
    }
}

/// <summary>A member's points as REST answers them.</summary>
/// <param name="MembershipNumber">Whose.</param>
/// <param name="Points">How many there are.</param>
/// <param name="History">Where they come from and went to, newest first.</param>
/// <param name="Page">Which part of the history this is.</param>
internal sealed record PointsAnswer(string MembershipNumber, long Points, IReadOnlyList<PointsChangeAnswer> History, HistoryPage Page)
{
    public static HalResource Resource(PointsAccount account, Paging paging) => Hal.Resource(
        new PointsAnswer(
            account.Member.Digits,
            account.Points,
            [.. account.History.Items.Select(PointsChangeAnswer.Of)],
            new HistoryPage(paging.Size, account.History.Total, (account.History.Total + paging.Size - 1) / paging.Size, paging.Number)),
        $"/members/{account.Member}/points",
        "points");
}

/// <summary>One change.</summary>
/// <param name="OrderId">The order that it is because of.</param>
/// <param name="Change"><c>earned</c> or <c>taken_back</c>.</param>
/// <param name="Points">How many more there are; fewer if negative.</param>
/// <param name="At">When the order came there.</param>
internal sealed record PointsChangeAnswer(long OrderId, PointsChangeKind Change, long Points, DateTimeOffset At)
{
    public static PointsChangeAnswer Of(PointsChange change) => new(change.Order.Value, change.Kind, change.Points, change.At);
}

/// <summary>A part of a history, by its number from 0.</summary>
internal sealed record HistoryPage(int Size, long TotalElements, long TotalPages, int Number);
