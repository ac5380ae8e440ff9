using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>What was sent, oldest first.</summary>
/// <param name="Order">Only what was sent about this order; null: about all of them.</param>
/// <param name="After">Where the page before ended; 0 for the first.</param>
/// <param name="Limit">At most so many.</param>
public sealed record ListNotifications(OrderId? Order, long After, int Limit);

/// <summary>A counted page of what was sent, oldest first.</summary>
/// <param name="Order">Only what was sent about this order; null: about all of them.</param>
/// <param name="Page">Its number from 0.</param>
/// <param name="Size">At most so many.</param>
public sealed record PageNotifications(OrderId? Order, long Page, int Size);

/// <summary>What was sent to whom. A customer is shown what was sent to customers about one of its own orders: what the owner was sent says how to reach the owner.</summary>
public sealed class ListNotificationsHandler(INotifications notifications, IOrderStatuses statuses)
{
    /// <summary>The notifications, or that the order is not there.</summary>
    public async Task<Result<Listed<SentNotification>>> Handle(ListNotifications query, AccessScope scope, CancellationToken cancellation) =>
        (await Check(query.Order, scope, cancellation)).IsError(out var refusal)
            ? refusal
            : new Listed<SentNotification>(
                await notifications.Sent(query.Order, RoleWithin(scope, query.Order), query.After, query.Limit, cancellation), Total: 0, Capped: false);

    /// <summary>The page, or that the order is not there.</summary>
    public async Task<Result<Listed<SentNotification>>> Handle(PageNotifications query, AccessScope scope, CancellationToken cancellation) =>
        (await Check(query.Order, scope, cancellation)).IsError(out var refusal)
            ? refusal
            : await notifications.SentPage(query.Order, RoleWithin(scope, query.Order), query.Page, query.Size, cancellation);

    private static RecipientRole? RoleWithin(AccessScope scope, OrderId? order) => scope.CoversEveryCustomer(order) ? null : RecipientRole.Customer;

    private async Task<Result<Unit>> Check(OrderId? order, AccessScope scope, CancellationToken cancellation)
    {
        if (scope.CoversEveryCustomer(order))
            return Unit.Value;

        if (order is not { } number)
            return Error.Invalid("orderId", "Name one of your orders.");

        return (await statuses.Get(number, scope, cancellation)).IsError(out var refusal) ? refusal : Unit.Value;
    }
}

/// <summary>A page of the notifications that were given up, oldest first.</summary>
/// <param name="Page">Its number from 0.</param>
/// <param name="Size">At most so many.</param>
public sealed record ListUndelivered(long Page, int Size);

/// <summary>A notification that has been given up.</summary>
/// <param name="Number">Its number in the store.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Notification">What was to be sent.</param>
public sealed record UndeliveredNotification(long Number, int Attempts, Notification Notification);

/// <summary>Try again what was given up.</summary>
/// <param name="Number">Only this one; null for all.</param>
public sealed record RetryUndelivered(long? Number);

/// <summary>What operators do about notifications that were given up.</summary>
public sealed class UndeliveredHandler(INotifications notifications)
{
    /// <summary>The page; of a caller who may not see everybody's, a refusal.</summary>
    public async Task<Result<Listed<UndeliveredNotification>>> Handle(ListUndelivered query, AccessScope scope, CancellationToken cancellation) =>
        RequireEverything(scope).IsError(out var refusal) ? refusal : await notifications.UndeliveredPage(query.Page, query.Size, cancellation);

    /// <summary>How many are pending again, as far as they were counted; of a caller who may not touch everybody's, a refusal.</summary>
    public async Task<Result<long>> Handle(RetryUndelivered command, AccessScope scope, CancellationToken cancellation) =>
        RequireEverything(scope).IsError(out var refusal) ? refusal : await notifications.Retry(command.Number, cancellation);

    private static Result<Unit> RequireEverything(AccessScope scope) => scope.CoversAll()
        ? Unit.Value
        : new Error(ErrorKind.Forbidden, "NOT_YOURS", "The undelivered notifications are everybody's.");
}
