using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Domain.Customers.Doubles;

namespace FoodDelivery.Tests.Domain.Customers;

/// <summary>Events as Ordering publishes them.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly OrderId Order = new(7);

    public static readonly MessageContext AnyCause = MessageContext.Event("any", "anyone");

    /// <summary>The way of an order that is delivered; its versions are 1 to 5.</summary>
    public static readonly OrderStatus[] Delivery =
        [OrderStatus.PaySuccess, OrderStatus.OrderReceived, OrderStatus.Cooking, OrderStatus.Delivering, OrderStatus.Delivered];

    /// <summary>At noon.</summary>
    public static NotifyOfChangesHandler Notifying(INotifications notifications, IContacts contacts) =>
        new(notifications, contacts, new NotificationTerms(TimeSpan.FromDays(90)), new ManualTime());

    public static OrderStatusChanged Changed(
        long version, OrderStatus status, string reason = "", long order = 7, string customer = "kim", int lines = 1) => new(
            new OrderId(order),
            new StatusChange(version, status, reason, Noon.AddMinutes(version)),
            new StoreId(1),
            customer,
            [.. Enumerable.Range(1, lines).Select(number => new OrderLine(number == 1 ? "통닭" : $"dish {number}", 2, new Money(10_000), number))],
            new Money(20_000 * lines),
            PaymentId: 3);

    public static OrderStatusChanged[] History(params OrderStatus[] statuses) =>
        [.. statuses.Select(static (status, index) => Changed(index + 1, status))];
}
