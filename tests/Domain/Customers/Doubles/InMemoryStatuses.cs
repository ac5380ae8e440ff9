using System.Collections.Concurrent;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Customers.Doubles;

/// <summary>The view in memory, with its generations.</summary>
internal sealed class InMemoryStatuses : IOrderStatuses
{
    private readonly ConcurrentDictionary<OrderId, OrderStatusView> _built = new();
    private ConcurrentDictionary<OrderId, OrderStatusView> _serving = new();
    private RebuildUnderWay? _rebuild;

    /// <summary>Runs after a reading has got its answer and before the reader has it.</summary>
    public Func<Task> AfterFind { get; set; } = static () => Task.CompletedTask;

    public int Reads { get; private set; }

    /// <summary>How often it was asked for revisions.</summary>
    public int Looks { get; private set; }

    public Task<IReadOnlyDictionary<OrderId, long>> Revisions(IReadOnlyCollection<OrderId> orders, CancellationToken cancellation)
    {
        Looks++;
        return Task.FromResult<IReadOnlyDictionary<OrderId, long>>(
            _serving.Where(known => orders.Contains(known.Key)).ToDictionary(static known => known.Key, static known => (long)known.Value.History.Count));
    }

    public async Task<OrderStatusView?> Find(OrderId order, CancellationToken cancellation)
    {
        Reads++;
        var view = _serving.GetValueOrDefault(order);
        await AfterFind();
        return view;
    }

    public Task Apply(OrderStatusChanged changed, CancellationToken cancellation)
    {
        _serving.AddOrUpdate(changed.OrderId, _ => OrderStatusView.Of(changed), (_, view) => view.After(changed));
        if (_rebuild is not null)
            _built.AddOrUpdate(changed.OrderId, _ => OrderStatusView.Of(changed), (_, view) => view.After(changed));
        return Task.CompletedTask;
    }

    public Task EraseTexts(OrderId order, CancellationToken cancellation)
    {
        foreach (var views in new[] { _serving, _built })
        {
            if (views.TryGetValue(order, out var view))
                views[order] = view.Erased();
        }

        return Task.CompletedTask;
    }

    public void Lose(OrderId order) => _serving.TryRemove(order, out _);

    public Task<RebuildUnderWay> BeginRebuild(DateTimeOffset now, CancellationToken cancellation) =>
        Task.FromResult(_rebuild ??= new RebuildUnderWay(2, now));

    public Task<RebuildUnderWay?> CurrentRebuild(CancellationToken cancellation) => Task.FromResult(_rebuild);

    public Task CompleteRebuild(RebuildUnderWay rebuild, CancellationToken cancellation)
    {
        (_serving, _rebuild) = (_built, null);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<OrderStatusView>> Newest(string? customerId, OrderId? before, int atMost, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<OrderStatusView>>(
        [
            .. _serving.Values.Where(view => (customerId ?? view.CustomerId) == view.CustomerId && (before is not { } end || view.OrderId.Value < end.Value))
                .OrderByDescending(static view => view.OrderId.Value)
                .Take(atMost),
        ]);

    public async Task<Listed<OrderStatusView>> Page(string? customerId, long page, int size, SortDirection direction, CancellationToken cancellation)
    {
        var newest = await Newest(customerId, null, int.MaxValue, cancellation);
        var all = direction == SortDirection.Ascending ? [.. newest.Reverse()] : newest;
        return Listed.Of([.. all.Skip((int)page * size).Take(size)], all.Count);
    }
}
