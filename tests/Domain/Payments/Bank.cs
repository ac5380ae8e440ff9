using FoodDelivery.Kernel;
using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Tests.Domain.Payments;

/// <summary>A provider with books of its own. Its answers may get lost, and its effects may come late: the stage decides.</summary>
internal sealed class Bank(Stage stage) : IPaymentProvider
{
    private readonly Dictionary<OrderId, Charge> _books = [];

    public bool Declines { get; set; }

    public bool Down { get; set; }

    /// <summary>What happens while the answer of the next <see cref="Find"/> is on its way.</summary>
    public Func<Task>? WhileFinding { get; set; }

    public Charge Books(OrderId order) => _books.GetValueOrDefault(order, Charge.None);

    public Money Holds(OrderId order) => Books(order) is { State: ChargeState.Approved } charge ? charge.Amount : Money.Zero;

    public void Forget(OrderId order) => _books.Remove(order);

    public void Remember(OrderId order, Charge charge) => _books[order] = charge;

    public Task<Result<Charge>> Approve(OrderId order, Money amount, string customerId, string attempt, CancellationToken cancellation) => Ask(() =>
    {
        var first = new Charge(Declines ? ChargeState.Declined : ChargeState.Approved, amount, Declines ? "card refused" : "") { Attempt = attempt };
        var charge = _books.TryAdd(order, first) ? first : _books[order];
        return charge.AnswerTo(order, amount, attempt);
    });

    public Task<Result<Charge>> Refund(OrderId order, CancellationToken cancellation) => Ask(() =>
    {
        if (Books(order).State is ChargeState.Approved)
            _books[order] = _books[order] with { State = ChargeState.Refunded };

        return Books(order);
    });

    public async Task<Result<Charge>> Find(OrderId order, CancellationToken cancellation)
    {
        var found = await Ask(() => Books(order));
        var meanwhile = WhileFinding ?? (() => Task.CompletedTask);
        WhileFinding = null;
        await meanwhile();
        return found;
    }

    private Task<Result<Charge>> Ask(Func<Result<Charge>> effect) => Down
        ? Task.FromResult(Unclear)
        : stage.Ask(effect, Unclear);

    private static Result<Charge> Unclear => Error.Unavailable("PROVIDER_UNCLEAR", "No clear answer.", TimeSpan.FromSeconds(1));
}
