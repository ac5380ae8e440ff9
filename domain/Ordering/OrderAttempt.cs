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
    /// <param name="attemptId">Its own id; empty for one from before there were any.</param>
    public OrderAttempt(OrderId id, AttemptRequest request, AttemptState state = AttemptState.Open, string reason = "", string attemptId = "")
    {
        (Id, Request, State, Reason, AttemptId) = (id, request, state, reason, attemptId);
        Version = LoadedVersion = state == AttemptState.Open ? 1 : 2;
    }

    /// <summary>The number that the order has, should it come into being.</summary>
    public OrderId Id { get; }

    /// <summary>
    /// Its own id, which no other attempt ever has: the number may be given out again where the attempts are restored from a backup, and what was paid
    /// under it before must not pay for this one.
    /// </summary>
    public string AttemptId { get; }

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
        Raise(new OrderAttemptAbandoned(Id, AttemptId));
    }

    /// <summary>Its number belongs to another attempt, which has paid: nothing was taken for this one, and nobody must send that one's money back.</summary>
    public void GiveUpNumber() => Close(AttemptState.Abandoned);

    /// <summary>What people wrote in it is forgotten, where it never became an order. Refused while it is open.</summary>
    public Result<Unit> Erase(DateTimeOffset at)
    {
        if (State == AttemptState.Open)
            return UnderWay.Because(Id);

        Raise(new OrderErased(Id, Request.Details.Store, Request.Details.Customer, at));
        return Unit.Value;
    }

    private void Close(AttemptState state)
    {
        if (State != AttemptState.Open)
            throw new InvalidOperationException($"Attempt {Id} is {State} and cannot become {state}.");

        State = state;
        Version++;
    }
}

/// <summary>What became of an attempt to order. Open once, then one of the others for ever.</summary>
public enum AttemptState
{
    /// <summary>Being paid, or left behind by a process that died.</summary>
    Open,

    /// <summary>Paid; it is an order now.</summary>
    Placed,

    /// <summary>The payment was declined.</summary>
    Declined,

    /// <summary>Given up, usually by the sweeper; whatever was paid for it is refunded.</summary>
    Abandoned,
}

/// <summary>What was asked, fixed before the payment: a repeated request pays the same amount, whatever the menu says by then.</summary>
/// <param name="Key">The caller's key, if it gave one.</param>
/// <param name="Fingerprint">Tells two requests under one key apart.</param>
/// <param name="Details">What is ordered, with the prices of that moment.</param>
/// <param name="OpenedAt">When it was asked.</param>
public sealed record AttemptRequest(RequestKey? Key, string Fingerprint, OrderDetails Details, DateTimeOffset OpenedAt);

/// <summary>Makes a request safe to repeat: the same key of the same caller means the same order.</summary>
/// <param name="Caller">Who asks; keys of different callers have nothing to do with each other.</param>
/// <param name="Key">What the caller calls the request.</param>
public sealed record RequestKey(string Caller, string Key);
