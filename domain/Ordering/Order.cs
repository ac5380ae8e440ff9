namespace FoodDelivery.Ordering;

/// <summary>
/// A paid order. Two things move independently: the store's progress, and a cancellation. The status is what both show together. A verb that no
/// longer applies changes nothing, so that an event may come twice or late.
/// </summary>
public sealed class Order : Aggregate
{
    private OrderSnapshot _state;

    private Order(OrderSnapshot state, long loadedVersion)
    {
        _state = state;
        Version = state.Version;
        LoadedVersion = loadedVersion;
    }

    /// <summary>The order's number.</summary>
    public OrderId Id => _state.Id;

    /// <summary>What is ordered.</summary>
    public OrderDetails Details => _state.Details;

    /// <summary>Why it was rejected, cancelled or not cancelled, where that is known; else empty.</summary>
    public string Reason => _state.Reason;

    /// <summary>All that it is.</summary>
    public OrderSnapshot Snapshot => _state with { Version = Version };

    /// <summary>Where it is, in one word.</summary>
    public OrderStatus Status => _state.Cancellation.Over(_state.Progress);

    /// <summary>Whether nothing but an operator's refund can happen to it any more.</summary>
    public bool HasEnded => Status is OrderStatus.Delivered or OrderStatus.PickedUp or OrderStatus.Refunded;

    /// <summary>Whether it will not be cooked any further: it has ended, or only its refund is to come.</summary>
    public bool IsOver => HasEnded || Status is OrderStatus.Rejected or OrderStatus.Cancelled;

    /// <summary>Whether nothing has been heard of a ticket yet, although one was asked for.</summary>
    public bool AwaitsTicket => _state.StoreToldAt is not null && _state.Progress == Progress.Paid && !IsOver;

    /// <summary>The order comes back from its store.</summary>
    public static Order Load(OrderSnapshot snapshot) => new(snapshot, snapshot.Version);

    /// <summary>A paid attempt becomes an order.</summary>
    internal static Order Place(OrderId id, OrderDetails details, long paymentId, DateTimeOffset at)
    {
        var order = new Order(new(id, details, paymentId, at, Progress.Paid, Cancellation.None, Reason: "", StatusVersion: 0, Version: 0, StoreToldAt: at), 0);
        order.Raise(new OrderPlaced(id, details, at));
        order.Become(order._state, reason: "", at);
        return order;
    }

    /// <summary>The store has a ticket; nobody is told, since nothing else changes.</summary>
    public void TicketOpened()
    {
        if (!AwaitsTicket)
            return;

        _state = _state with { StoreToldAt = null };
        Version++;
    }

    /// <summary>No ticket has come: the store is told again that the order was placed, which does nothing where it knows that.</summary>
    public void RemindStore(DateTimeOffset at)
    {
        if (!AwaitsTicket)
            return;

        _state = _state with { StoreToldAt = at, Reminders = _state.Reminders + 1 };
        Version++;
        Raise(new OrderPlaced(Id, Details, _state.PlacedAt));
    }

    /// <summary>No ticket will come any more: the order is cancelled, and its money goes back.</summary>
    public void GiveBack(DateTimeOffset at)
    {
        if (!AwaitsTicket)
            return;

        // Once more before the end: a store that hears of the order only now has a ticket to void.
        Raise(new OrderPlaced(Id, Details, _state.PlacedAt));
        CallOff("The store could not be reached.", at, reasonCode: "STORE_NOT_REACHED");
    }

    /// <summary>The store has come further. While a cancellation is asked for, that is remembered but not told.</summary>
    public void Advance(Progress reached, DateTimeOffset at)
    {
        if (IsOver || !reached.Follows(_state.Progress))
            return;

        if (_state.Cancellation == Cancellation.Requested)
        {
            _state = _state with { Progress = reached, StoreToldAt = null };
            Version++;
            return;
        }

        Become(_state with { Progress = reached }, reason: "", at);
    }

    /// <summary>The store does not take the order.</summary>
    public void Reject(string reason, DateTimeOffset at)
    {
        if (IsOver)
            return;

        Become(_state with { Cancellation = Cancellation.Rejected }, reason, at);
        Raise(new OrderRejected(Id, Details.Store, reason));
    }

    /// <summary>The customer asks to cancel. Asking again while the store thinks changes nothing.</summary>
    public Result<Unit> RequestCancellation(string reason, DateTimeOffset at)
    {
        if (IsOver)
            return TooLateToCancel.Because(Status);

        if (_state.Cancellation == Cancellation.None)
        {
            Become(_state with { Cancellation = Cancellation.Requested }, reason, at, isCustomers: reason.Length > 0);
            Raise(new OrderCancelRequested(Id, Details.Store, reason));
        }

        return Unit.Value;
    }

    /// <summary>The store does not give way: the customer is told so, and then where the order now is.</summary>
    public void DeclineCancellation(string reason, DateTimeOffset at, string reasonCode = "")
    {
        if (_state.Cancellation != Cancellation.Requested)
            return;

        Become(_state with { Cancellation = Cancellation.None, StoreToldAt = null }, reason, at, OrderStatus.CancelDeclined, reasonCode);
        Become(_state, reason, at, reasonCode: reasonCode);
    }

    /// <summary>The store has given way.</summary>
    public void Cancel(string reason, DateTimeOffset at)
    {
        // Whatever reason comes from the store is the request's own, which the store repeats.
        if (!IsOver)
            CallOff(reason, at, isCustomers: true);
    }

    /// <summary>The money is back. Where nobody had cancelled, an operator's refund does, even after the meal was handed over.</summary>
    public void Refund(string reason, DateTimeOffset at)
    {
        if (Status == OrderStatus.Refunded)
            return;

        // The store wrote why it was rejected, whoever refunds what was not called off says why; of a cancelled one nobody remembers who did.
        var isCustomers = Status != OrderStatus.Rejected && (Status == OrderStatus.Cancelled || reason.Length == 0);
        if (Status is not (OrderStatus.Rejected or OrderStatus.Cancelled))
            CallOff(reason, at, isCustomers);

        Become(_state with { Cancellation = Cancellation.Refunded }, Reason, at, isCustomers: isCustomers && Reason.Length > 0);
    }

    /// <summary>What people wrote in it is forgotten; what was ordered and paid stays. Refused until it has ended, since the store needs the address.</summary>
    public Result<Unit> Erase(DateTimeOffset at)
    {
        if (!HasEnded)
            return UnderWay.Because(Id);

        _state = _state with { Details = Details.Erased(), Reason = ErasedText.Of(Reason) };
        Version++;
        Raise(new OrderErased(Id, Details.Store, Details.Customer, at));
        return Unit.Value;
    }

    private void CallOff(string reason, DateTimeOffset at, bool isCustomers = false, string reasonCode = "")
    {
        // A request's own reason holds; why an earlier one was declined does not.
        var why = reason.Length > 0 || _state.Cancellation == Cancellation.None ? reason : Reason;
        Become(_state with { Cancellation = Cancellation.Cancelled }, why, at, reasonCode: reasonCode, isCustomers: isCustomers && why.Length > 0);
        Raise(new OrderCancelled(Id, Details.Store, why));
    }

    private void Become(OrderSnapshot next, string reason, DateTimeOffset at, OrderStatus? shown = null, string reasonCode = "", bool isCustomers = false)
    {
        _state = next with { Reason = reason, StatusVersion = next.StatusVersion + 1 };
        if (_state.Progress != Progress.Paid || IsOver)
            _state = _state with { StoreToldAt = null };
        Version++;
        Raise(new OrderStatusChanged(Id, _state.StatusVersion, shown ?? Status, reason, at, Details, _state.PaymentId, reasonCode, isCustomers));
    }
}

/// <summary>All that an order is, as a store of orders keeps it.</summary>
/// <param name="Id">The order's number.</param>
/// <param name="Details">What is ordered.</param>
/// <param name="PaymentId">The payment's number.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="Progress">How far the store has come.</param>
/// <param name="Cancellation">How far it has been undone.</param>
/// <param name="Reason">Why it is as it is, where that is known; else empty.</param>
/// <param name="StatusVersion">Counts the changes of its status without a gap; the first is 1.</param>
/// <param name="Version">Counts its changes, the silent ones included.</param>
/// <param name="StoreToldAt">When the store was last told of it while nothing has been heard of a ticket; null once something was, and of orders from before this was known.</param>
/// <param name="Reminders">How often the store was told again.</param>
public sealed record OrderSnapshot(
    OrderId Id,
    OrderDetails Details,
    long PaymentId,
    DateTimeOffset PlacedAt,
    Progress Progress,
    Cancellation Cancellation,
    string Reason,
    long StatusVersion,
    long Version,
    DateTimeOffset? StoreToldAt = null,
    int Reminders = 0);
