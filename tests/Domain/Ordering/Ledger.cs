using System.Collections.Concurrent;
using FoodDelivery.Kernel;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>Orders, attempts, inbox and outbox in memory, each write whole or not at all, as a database would keep them.</summary>
internal sealed class Ledger : IOrders, IAttempts, IErasures
{
    private readonly Lock _lock = new();
    private readonly Dictionary<OrderId, OrderSnapshot> _orders = [];
    private readonly Dictionary<OrderId, (AttemptRequest Request, AttemptState State, string Reason)> _attempts = [];
    private readonly HashSet<MessageContext> _inbox = [];
    private long _highest;

    public ConcurrentQueue<IDomainEvent> Published { get; } = new();

    /// <summary>Runs before each save, outside the lock: a place for a faster writer, or for a crash.</summary>
    public Func<Task> BeforeSave { get; set; } = static () => Task.CompletedTask;

    public IReadOnlyCollection<OrderSnapshot> Orders => _orders.Values;

    public AttemptState StateOf(long attempt) => _attempts[new OrderId(attempt)].State;

    public int Attempts => _attempts.Count;

    /// <summary>The attempt has ended long ago.</summary>
    public void Forget(OrderId attempt) => _attempts.Remove(attempt);

    public Task IssueBeyond(OrderId highest, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _highest = Math.Max(_highest, highest.Value);
            return Task.CompletedTask;
        }
    }

    public Task<Order?> Find(OrderId id, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_orders.TryGetValue(id, out var snapshot) ? Order.Load(snapshot) : null);
        }
    }

    public Task<IReadOnlyList<Order>> List(OrderSelection selection, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Order>>([.. _orders.Values.Select(Order.Load)
            .Where(order => selection.Customer is null || string.Equals(order.Details.Customer, selection.Customer, StringComparison.Ordinal))
            .Where(order => selection.Before is null || order.Id.Value < selection.Before.Value.Value)
            .OrderBy(order => selection.Direction == SortDirection.Ascending ? order.Id.Value : -order.Id.Value)
            .Skip((int)selection.Skip)
            .Take(selection.Take)]);

    public Task<int> Count(string? customer, int limit, CancellationToken cancellation) => Task.FromResult(Math.Min(limit, _orders.Count));

    public Task<IReadOnlyList<Order>> WithoutTicket(
        DateTimeOffset now, TimeSpan patience, int reminders, DateTimeOffset giveBackBefore, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<Order>>([.. _orders.Values
                .Where(order => order.StoreToldAt is { } told
                    && ((order.Reminders < reminders && told < now - (patience * (1 << order.Reminders))) || order.PlacedAt < giveBackBefore))
                .OrderBy(static order => order.StoreToldAt)
                .Take(limit)
                .Select(Order.Load)]);
        }
    }

    public Task<int> CountWithoutTicket(DateTimeOffset before, int limit, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(Math.Min(limit, _orders.Values.Count(order => order.StoreToldAt is not null && order.PlacedAt < before)));
    }

    public async Task Save(Order order, MessageContext cause, CancellationToken cancellation)
    {
        await BeforeSave();
        lock (_lock)
        {
            if (order.Version == order.LoadedVersion || (cause.Consumer is not null && _inbox.Contains(cause)))
                return;

            if (_orders[order.Id].Version != order.LoadedVersion)
                throw new ConcurrencyException($"order {order.Id}");

            Keep(order);
            _inbox.Add(cause);
        }
    }

    Task<OrderAttempt?> IAttempts.Find(OrderId id, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_attempts.ContainsKey(id) ? Load(id) : null);
        }
    }

    public Task<OrderAttempt?> Find(RequestKey key, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(FindOpenOrClosed(key));
        }
    }

    public async Task<OrderAttempt> Open(AttemptRequest request, CancellationToken cancellation)
    {
        await Task.Yield();
        lock (_lock)
        {
            if (request.Key is { } key && FindOpenOrClosed(key) is { } earlier)
                return earlier;

            var id = new OrderId(++_highest);
            _attempts.Add(id, (request, AttemptState.Open, ""));
            return Load(id);
        }
    }

    public async Task<bool> Close(OrderAttempt attempt, MessageContext cause, CancellationToken cancellation)
    {
        await BeforeSave();
        lock (_lock)
        {
            return TryClose(attempt);
        }
    }

    public async Task<bool> Close(OrderAttempt attempt, Order order, MessageContext cause, CancellationToken cancellation)
    {
        await BeforeSave();
        lock (_lock)
        {
            if (!TryClose(attempt))
                return false;

            Keep(order);
            return true;
        }
    }

    public Task<IReadOnlyList<OrderAttempt>> OpenedOutside(DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<OrderAttempt>>([.. _attempts
                .Where(attempt => attempt.Value.State == AttemptState.Open
                    && (attempt.Value.Request.OpenedAt < from || attempt.Value.Request.OpenedAt > until))
                .Take(limit)
                .Select(attempt => Load(attempt.Key))]);
        }
    }

    public Task Disown(OrderId id, MessageContext cause, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_inbox.Add(cause))
                Published.Enqueue(new OrderAttemptAbandoned(id));
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ErasableOrder>> Of(string customer, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ErasableOrder>>([.. _attempts
                .Where(attempt => attempt.Value.Request.Details.Customer == customer)
                .Select(attempt => new ErasableOrder(attempt.Key, Published.OfType<OrderErased>().Any(erased => erased.Order == attempt.Key)))]);
        }
    }

    public Task Erase(Order order, MessageContext cause, CancellationToken cancellation) => Save(order, cause, cancellation);

    public async Task Erase(OrderAttempt attempt, MessageContext cause, CancellationToken cancellation)
    {
        await BeforeSave();
        Publish(attempt);
    }

    public Task Complete(CustomerErased erased, MessageContext cause, CancellationToken cancellation)
    {
        Published.Enqueue(erased);
        return Task.CompletedTask;
    }

    private OrderAttempt Load(OrderId id) => new(id, _attempts[id].Request, _attempts[id].State, _attempts[id].Reason, $"attempt-{id}");

    private OrderAttempt? FindOpenOrClosed(RequestKey key) => _attempts
        .Where(attempt => attempt.Value.State != AttemptState.Abandoned && attempt.Value.Request.Key == key)
        .Select(attempt => Load(attempt.Key))
        .FirstOrDefault();

    private bool TryClose(OrderAttempt attempt)
    {
        if (_attempts[attempt.Id].State != AttemptState.Open)
            return false;

        _attempts[attempt.Id] = (attempt.Request, attempt.State, attempt.Reason);
        Publish(attempt);
        return true;
    }

    private void Keep(Order order)
    {
        _orders[order.Id] = order.Snapshot;
        Publish(order);
    }

    private void Publish(Aggregate aggregate)
    {
        foreach (var happened in aggregate.Raised)
            Published.Enqueue(happened);
    }
}
