using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Payments;

/// <summary>An order's money: taken once at the most, and given back once at the most.</summary>
public sealed class Payment : Aggregate
{
    private Payment(PaymentState state, long loadedVersion)
    {
        (State, LoadedVersion, Version) = (state, loadedVersion, loadedVersion);
    }

    /// <summary>How far ahead business with the provider is put off at the most, but for the looks at what was given up.</summary>
    public static TimeSpan MaxWait => SettlementSchedule.MaxWait;

    /// <summary>All of it, as it is stored.</summary>
    public PaymentState State { get; private set; }

    /// <summary>Its number.</summary>
    public PaymentId Id => State.Id;

    /// <summary>The order it is for.</summary>
    public OrderId Order => State.Order;

    /// <summary>The whole amount; nothing for a voided payment of which the provider never told.</summary>
    public Money Amount => State.Amount;

    /// <summary>Where the money is.</summary>
    public PaymentStatus Status => State.Status;

    /// <summary>Whether the provider has unfinished business with it that is due.</summary>
    public bool IsDue(DateTimeOffset now) => SettlementSchedule.IsDue(State, now);

    /// <summary>Whether it turned out since it was loaded that the money is back.</summary>
    public bool IsGivenBack { get; private set; }

    /// <summary>A payment as it was stored under a version.</summary>
    public static Payment Load(PaymentState state, long version) => new(state, version);

    /// <summary>Records what the provider answered to the request to charge the order to the payer for the attempt, where they are known.</summary>
    /// <exception cref="ArgumentException">The charge is neither approved nor declined.</exception>
    public static Payment Record(PaymentId id, OrderId order, Charge charge, DateTimeOffset now, string payer = "", string attempt = "")
    {
        ArgumentNullException.ThrowIfNull(charge);
        var status = charge.State switch
        {
            ChargeState.Approved => PaymentStatus.Approved,
            ChargeState.Declined => PaymentStatus.Declined,
            _ => throw new ArgumentException($"A charge that is {charge.State} is no outcome to record.", nameof(charge)),
        };
        var payment = new Payment(new PaymentState(id, order, charge.Amount, status, charge.Reason, now, now, DueAt: null, payer, attempt), 0) { Version = 1 };
        payment.Raise(status == PaymentStatus.Approved
            ? new PaymentApproved(id, order, charge.Amount, now)
            : new PaymentDeclined(id, order, charge.Amount, charge.Reason));
        return payment;
    }

    /// <summary>Closes an order to payment of which nothing is known here; what the provider knows of it is asked at once, and later again.</summary>
    public static Payment GiveUp(PaymentId id, OrderId order, string reason, DateTimeOffset now, string payer = "", string attempt = "") =>
        new(new PaymentState(id, order, Money.Zero, PaymentStatus.Voided, reason, now, now, DueAt: now, payer, attempt), 0) { Version = 1 };

    /// <summary>What this payer's request to pay <paramref name="amount"/> for this attempt is told: as below, or that the payment is another's.</summary>
    public Result<Payment> AnswerTo(Money amount, string payer, string attempt) =>
        Attempts.Differ(State.Attempt, attempt) || (Status is not PaymentStatus.Voided && !string.Equals(State.Payer, payer, StringComparison.Ordinal))
            ? Attempts.OfAnother(Order)
            : AnswerTo(amount);

    /// <summary>What a request to pay <paramref name="amount"/>, made again, is told: refused, or that this payment is its outcome.</summary>
    public Result<Payment> AnswerTo(Money amount) => Status switch
    {
        PaymentStatus.Voided => Refusal("PAYMENT_VOIDED", $"Order {Order} was given up; nothing can be paid for it."),
        PaymentStatus.Refunding or PaymentStatus.Refunded => Refusal("PAYMENT_REFUNDED", $"The payment for order {Order} was refunded."),
        _ when amount != Amount => Refusal("AMOUNT_DIFFERS", $"The payment for order {Order} is about {Amount}.") with
        {
            Field = "amountWon",
            Expected = Amount.Won.ToString(),
        },
        _ => this,
    };

    /// <summary>Owes the money back. Refused if none was taken; no change if that was decided before.</summary>
    public Result<Payment> Refund(string reason, DateTimeOffset now)
    {
        switch (Status)
        {
            case PaymentStatus.Declined:
                return Refusal("PAYMENT_DECLINED", $"The payment for order {Order} was declined; there is nothing to refund.");
            case PaymentStatus.Voided:
                return Refusal("PAYMENT_VOIDED", $"Order {Order} was given up; there is nothing to refund.");
            case PaymentStatus.Approved:
                Change(State with { Status = PaymentStatus.Refunding, Reason = reason, UpdatedAt = now, DueAt = now });
                break;
        }

        return this;
    }

    /// <summary>The provider still has the money of a refund: it is owed back once more.</summary>
    public void OweAgain(DateTimeOffset now)
    {
        if (Status is PaymentStatus.Refunded)
            Change(State with { Status = PaymentStatus.Refunding, UpdatedAt = now, DueAt = now });
    }

    /// <summary>Takes its business with the provider in hand, so that nobody else does for a while.</summary>
    public void Take(DateTimeOffset now) => Change(State with { DueAt = now + SettlementSchedule.Lease });

    /// <summary>
    /// The provider has charged the order although it was given up or declined: have that looked at now. From here on it is about the attempt that was
    /// charged, whose money it is that has to go back.
    /// </summary>
    public void ChargedLate(Charge charge, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(charge);
        if (Status is PaymentStatus.Voided or PaymentStatus.Declined)
            Change(State with { DueAt = now, Attempt = charge.Attempt.Length == 0 ? State.Attempt : charge.Attempt });
    }

    /// <summary>
    /// Whether these books settle it. Money that was taken is back only when the provider says so: that it knows of no charge, or of a declined
    /// one, may come from the wrong books, and is looked at again.
    /// </summary>
    public bool IsSettledBy(Charge books)
    {
        ArgumentNullException.ThrowIfNull(books);
        return Status is PaymentStatus.Refunding ? books.State is ChargeState.Refunded : books.State is not ChargeState.Approved;
    }

    /// <summary>The provider's books, as it told them, hold no money of this order any more, or for now.</summary>
    public void Settle(Charge books, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(books);
        IsGivenBack = books.State is ChargeState.Refunded && State.DueAt is not null;
        if (Status is PaymentStatus.Refunding)
        {
            Change(State with { Status = PaymentStatus.Refunded, UpdatedAt = now, DueAt = null });
            Raise(new PaymentRefunded(Id, Order, Amount, State.Reason, now));
        }
        else if (Status is PaymentStatus.Voided or PaymentStatus.Declined)
        {
            Change(books.State is ChargeState.None
                ? State with { DueAt = SettlementSchedule.AfterNothingFound(State.CreatedAt, now) }
                : State with { Amount = books.Amount, UpdatedAt = now, DueAt = null });
        }
    }

    /// <summary>The provider gave no clear answer; it is asked again later.</summary>
    public void Postpone(DateTimeOffset now) => Change(State with { DueAt = SettlementSchedule.AfterUnclearAnswer(State.UpdatedAt, now) });

    private void Change(PaymentState state)
    {
        State = state;
        Version++;
    }

    private Error Refusal(string reason, string message) => Error.Conflict(reason, message) with { Order = Order };
}
