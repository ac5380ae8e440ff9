using FoodDelivery.Kernel;
using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Tests.Domain.Payments;

/// <summary>A provider with books of its own. Its answers may get lost, and its effects may come late: the stage decides.</summary>
internal sealed class Bank(Stage stage) : IPaymentProvider, IProviderBooks
{
    private readonly Dictionary<OrderId, Charge> _books = [];

    public bool Declines { get; set; }

    public bool Down { get; set; }

    /// <summary>How much of a charge went back while the rest was kept.</summary>
    public Money Returned { get; set; } = Money.Zero;

    /// <summary>When all charges were made.</summary>
    public DateTimeOffset MadeAt { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>How often one order was looked up.</summary>
    public int Looks { get; private set; }

    /// <summary>What happens while the answer of the next <see cref="Find"/> is on its way.</summary>
    public Func<Task>? WhileFinding { get; set; }

    public Charge Books(OrderId order) => _books.GetValueOrDefault(order, Charge.None);

    public Money Holds(OrderId order) => Books(order) is { State: ChargeState.Approved } charge ? charge.Amount : Money.Zero;

    public void Forget(OrderId order) => _books.Remove(order);

    public void Remember(OrderId order, Charge charge) => _books[order] = charge;

    public Task<Result<Charge>> Approve(OrderId order, Money amount, string customerId, string attempt, CancellationToken cancellation) => Ask<Charge>(() =>
    {
        var first = new Charge(Declines ? ChargeState.Declined : ChargeState.Approved, amount, Declines ? "card refused" : "") { Attempt = attempt };
        var charge = _books.TryAdd(order, first) ? first : _books[order];
        return charge.AnswerTo(order, amount, attempt);
    });

    public Task<Result<Charge>> Refund(OrderId order, CancellationToken cancellation) => Ask<Charge>(() =>
    {
        if (Books(order).State is ChargeState.Approved)
            _books[order] = _books[order] with { State = ChargeState.Refunded };

        return Books(order);
    });

    public async Task<Result<Charge>> Find(OrderId order, CancellationToken cancellation)
    {
        var found = await Ask<Charge>(() => Books(order));
        var meanwhile = WhileFinding ?? (() => Task.CompletedTask);
        WhileFinding = null;
        await meanwhile();
        return found;
    }

    public Task<Result<BooksPage>> List(DateTimeOffset from, DateTimeOffset until, string after, int limit, CancellationToken cancellation) => Ask<BooksPage>(() =>
        new BooksPage([.. _books.Where(_ => MadeAt >= from && MadeAt < until).Select(static charge => new BookEntry(charge.Key, charge.Value.State))], Next: null));

    public Task<Result<BookedCharge>> Look(OrderId order, CancellationToken cancellation) => Ask<BookedCharge>(() =>
    {
        Looks++;
        return new BookedCharge(Books(order), Returned, MadeAt);
    });

    private Task<Result<T>> Ask<T>(Func<Result<T>> effect)
        where T : notnull => Down
        ? Task.FromResult<Result<T>>(Unclear)
        : stage.Ask(effect, Unclear);

    private static Error Unclear => Error.Unavailable("PROVIDER_UNCLEAR", "No clear answer.", TimeSpan.FromSeconds(1));
}
