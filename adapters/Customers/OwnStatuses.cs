using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Adapters.Customers;

/// <summary>The view for callers whose reach ends at their own orders; what lies beyond it is not there.</summary>
internal static class OwnStatuses
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task<Result<OrderStatusView>> Get(this IOrderStatuses statuses, OrderId order, AccessScope reach, CancellationToken cancellation)
    {
        var found = await statuses.Get(order, cancellation);
        return found.IsError(out _, out var view) || reach.CoversCustomer(view.CustomerId) ? found : Error.NotFound("order status", order);
    }

    /// <summary>Whether a caller may be shown what was sent about that order; about all of them only one whose reach has no end.</summary>
    public static async Task<Result<Unit>> Telling(
        this IOrderStatuses statuses, OrderId? order, string field, AccessScope reach, CancellationToken cancellation)
    {
        if (reach.Customer is null)
            return Unit.Value;
        if (order is not { } number)
            return Error.Invalid(field, $"{field} must be one of your orders.");
        return (await statuses.Get(number, reach, cancellation)).IsError(out var rejection) ? rejection : Unit.Value;
    }

    /// <summary>To whom the messages are that may be shown: of those about a customer's order the customer's own, since the owner's says how to reach the owner.</summary>
    public static RecipientRole? Told(this AccessScope reach) => reach.Customer is null ? null : RecipientRole.Customer;

    /// <summary>
    /// The same a little later too: whoever has just placed an order may watch it before the view knows it. Another's order is waited for as
    /// if it were not there, so that the time tells nothing either.
    /// </summary>
    public static async Task<Result<OrderStatusView>> GetSoon(
        this IOrderStatuses statuses, OrderId order, AccessScope reach, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var found = await statuses.Get(order, reach, cancellation);
            if (!found.IsError(out var rejection) || rejection.Kind is not ErrorKind.NotFound || clock.GetElapsedTime(began) > patience)
                return found;
            await Task.Delay(Pause, clock, cancellation);
        }
    }
}
