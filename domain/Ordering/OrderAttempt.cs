using FoodDelivery.Ordering.Events;

namespace FoodDelivery.Ordering;

/// <summary>
/// What is written down before any money moves: the order's number, never issued again, and the caller's key. Placing, declining and abandoning
/// exclude each other, since each of them is kept only if the attempt is still open.
/// </summary>
public sealed class OrderAttempt : Aggregate
{
    /// <summary>An attempt as its store keeps it.</summary>
    /// <param name="id">The number that the order has, should it come into being.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="state">What became of it.</param>
    /// <param name="reason">Why the payment was declined; else empty.</param>
    public OrderAttempt(OrderId id, AttemptRequest request, AttemptState state = AttemptState.Open, string reason = "")
    {
        (Id, Request, State, Reason) = (id, request, state, reason);
        Version = LoadedVersion = state == AttemptState.Open ? 1 : 2;
    }

    /// <summary>The number that the order has, should it come into being.</summary>
    public OrderId Id { get; }

    /// <summary>What was asked.</summary>
    public AttemptRequest Request { get; }

    /// <summary>What became of it.</summary>
    public AttemptState State { get; private set; }

    /// <summary>Why the payment was declined; else empty.</summary>
    public string Reason { get; private set; }

    /// <summary>What the caller of a declined attempt is told, however often it asks.</summary>
    public Error Refusal => new(ErrorKind.Declined, "PAYMENT_DECLINED", $"The payment was declined: {Reason}") { Order = Id };

    /// <summary>It is paid: the order exists from here on.</summary>
    public Order Place(long paymentId, DateTimeOffset at)
    {
        Close(AttemptState.Placed);
        return Order.Place(Id, Request.Details, paymentId, at);
    }

    /// <summary>The payment was declined: no order, but the customer's view says so.</summary>
    public void Decline(string reason, DateTimeOffset at)
    {
        Close(AttemptState.Declined);
        Reason = reason;
        Raise(new OrderStatusChanged(Id, Version: 1, OrderStatus.PayFail, reason, at, Request.Details, PaymentId: 0));
    }

    /// <summary>It has been open for too long: whatever was paid under its number goes back.</summary>
    public void Abandon()
    {
        Close(AttemptState.Abandoned);
        Raise(new OrderAttemptAbandoned(Id));
    }

    private void Close(AttemptState state)
    {
        if (State != AttemptState.Open)
            throw new InvalidOperationException($"Attempt {Id} is {State} and cannot become {state}.");

        State = state;
        Version++;
    }
}
