using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>Writes down who is to be told of a change; sending is <see cref="DispatchNotificationsHandler.DispatchNotificationsHandler"/>'s work.</summary>
/// <param name="notifications">Keeps them until they are sent, and after.</param>
/// <param name="contacts">Knows who wants to be told how.</param>
/// <param name="terms">For how long it is known what was sent.</param>
/// <param name="clock">The time.</param>
public sealed class NotifyOfChangesHandler(INotifications notifications, IContacts contacts, NotificationTerms terms, TimeProvider clock)
{
    /// <summary>
    /// Every change is told to the customer; a paid order also to the store's owner, for whom it is new. What is so old that it may have been told and
    /// forgotten is told to nobody.
    /// </summary>
    public async Task Handle(OrderStatusChanged changed, MessageContext context, CancellationToken cancellation)
    {
        if (changed.Change.At < clock.GetUtcNow() - terms.Keep)
            return;

        List<Notification> about = [await ToCustomer(changed, cancellation)];
        if (changed.Change is { Status: OrderStatus.PaySuccess, Version: 1 })
            about.Add(await ToOwner(changed, cancellation));
        await notifications.Add(about, context, cancellation);
    }

    /// <summary>The order's customer is forgotten, once or repeatedly.</summary>
    public Task Handle(OrderErased erased, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(erased);
        return notifications.EraseTexts(erased.OrderId, cancellation);
    }

    private async Task<Notification> ToCustomer(OrderStatusChanged changed, CancellationToken cancellation)
    {
        var member = MembershipNumber.TryParse(changed.MembershipNumber, out var number) ? number.Digits : "";
        var contact = member.Length > 0 ? await contacts.Find(RecipientRole.Customer, member, cancellation) : null;

        // Another's number looks as one that nobody has: who names it learns nothing, and its member is left in peace.
        if (contact is not null && !Member.MayBeNamed(contact.CustomerId, changed.CustomerId))
            contact = null;
        return Write(
            changed,
            RecipientRole.Customer,
            changed.Change.Status.Word(),
            changed.CustomerId.Length > 0 ? changed.CustomerId : contact is null ? $"customer-of-order-{changed.OrderId}" : $"member-{member}",
            member,
            contact,
            Wording.ForCustomer(changed, LanguageOf(contact)));
    }

    private async Task<Notification> ToOwner(OrderStatusChanged changed, CancellationToken cancellation)
    {
        var store = changed.StoreId.ToString();
        var contact = await contacts.Find(RecipientRole.Owner, store, cancellation);
        return Write(changed, RecipientRole.Owner, "order_get", $"store-{store}", store, contact, Wording.ForOwner(changed, LanguageOf(contact)));
    }

    private static Language LanguageOf(Contact? contact) => contact?.Language ?? Language.Korean;

    private static Notification Write(
        OrderStatusChanged changed, RecipientRole role, string status, string recipient, string addressee, Contact? contact, Wording wording) =>
        new(changed.OrderId, changed.Change.Version, role, status, recipient, wording.Text)
        {
            Addressee = contact is null ? "" : addressee,
            Channel = contact?.Channel.Word() ?? Notification.Console,
            Template = wording.Template,
            Caller = changed.CustomerId,
        };
}

/// <summary>For how long it is known what was sent.</summary>
/// <param name="Keep">Counted from the sending. A change that is older is told to nobody: it may have been told.</param>
public sealed record NotificationTerms(TimeSpan Keep);
