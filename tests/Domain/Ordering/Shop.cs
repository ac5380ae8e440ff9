using FoodDelivery.Kernel;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>The use cases around one ledger, with a clock that tests move.</summary>
internal sealed class Shop
{
    private int _commands;

    public Clock Time { get; } = new();

    public Ledger Ledger { get; } = new();

    public CardTerminal Payments { get; } = new();

    public Board Menus { get; } = new();

    public Task<Result<Order>> Place(PlaceOrder command, AccessScope? scope = null) => new PlaceOrderHandler(Menus, Ledger, Payments, Ledger, Time)
        .Handle(command, scope ?? AccessScope.Everything, NextCause(), CancellationToken.None);

    public Task<int> Sweep() => new SweepAttemptsHandler(Ledger, Time)
        .Handle(new SweepAttempts(SweepAttemptsHandler.DefaultOpenFor), NextCause(), CancellationToken.None);

    public MessageContext NextCause() => MessageContext.Command($"command-{Interlocked.Increment(ref _commands)}");

    public IReadOnlyList<T> Published<T>() => [.. Ledger.Published.OfType<T>()];

    public IReadOnlyList<OrderStatus> Statuses => [.. Published<OrderStatusChanged>().Select(static change => change.Status)];

    internal sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = Given.Noon;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }

    internal sealed class Board : IMenus
    {
        public List<Menu> Menus { get; } = [Given.Pizzeria, Given.Restaurant, Given.Cafe];

        public List<StoreTerms> Terms { get; } = [];

        public ValueTask<MenuReplica> Current(CancellationToken cancellation) => new(new MenuReplica(Menus, Terms));

        public Task Replace(Menu menu, MessageContext cause, CancellationToken cancellation)
        {
            Menus.RemoveAll(known => known.Store == menu.Store);
            Menus.Add(menu);
            return Task.CompletedTask;
        }

        public Task Replace(StoreTerms terms, MessageContext cause, CancellationToken cancellation)
        {
            Terms.RemoveAll(known => known.Store == terms.Store);
            Terms.Add(terms);
            return Task.CompletedTask;
        }
    }
}
