using FoodDelivery.Kernel;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Tests.Domain.Stores;

/// <summary>Keeps copies, as a database does, and refuses a stale one. Lets a test slip another command in just before a save.</summary>
internal sealed class InMemoryTickets : ITickets
{
    private readonly Dictionary<OrderId, Ticket> _tickets = [];
    private readonly Dictionary<IdempotencyKey, Ticket> _accepted = [];

    public List<IDomainEvent> Published { get; } = [];

    /// <summary>Runs once, before the next save.</summary>
    public Func<Task>? BeforeNextSave { get; set; }

    public Task<Ticket?> Find(OrderId order, CancellationToken cancellation) =>
        Task.FromResult(_tickets.TryGetValue(order, out var ticket) ? Copy(ticket) : null);

    /// <summary>Runs once, after the next look for a key has found what it found.</summary>
    public Func<Task>? AfterNextLook { get; set; }

    public async Task<Ticket?> AcceptedUnder(IdempotencyKey key, CancellationToken cancellation)
    {
        var found = _accepted.TryGetValue(key, out var ticket) ? Copy(ticket) : null;
        if (AfterNextLook is { } after)
        {
            AfterNextLook = null;
            await after();
        }

        return found;
    }

    public Task<IReadOnlyList<Ticket>> List(
        IReadOnlyList<StoreId> stores, OrderId? before, long skip, int limit, SortDirection direction, CancellationToken cancellation) =>
        throw new NotSupportedException("No use case lists tickets.");

    public Task<int> Count(IReadOnlyList<StoreId> stores, int cap, CancellationToken cancellation) =>
        throw new NotSupportedException("No use case counts tickets.");

    /// <summary>Every store's bound.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromMinutes(10);

    public Task<IReadOnlyList<OrderId>> Unanswered(DateTimeOffset now, int limit, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<OrderId>>(
        [.. _tickets.Values.Where(ticket => ticket.Status == TicketStatus.Opened && ticket.OpenedAt < now - AnswerWithin).Take(limit).Select(static ticket => ticket.Order)]);

    public async Task Save(Ticket ticket, MessageContext context, CancellationToken cancellation)
    {
        await SaveUnpublished(ticket, cancellation);
        Published.AddRange(ticket.Raised);
    }

    public async Task SaveUnpublished(Ticket ticket, CancellationToken cancellation)
    {
        if (BeforeNextSave is { } before)
        {
            BeforeNextSave = null;
            await before();
        }

        if ((_tickets.GetValueOrDefault(ticket.Order)?.Version ?? 0) != ticket.LoadedVersion
            || (ticket.AcceptedUnder is { } key && !_accepted.TryAdd(key, Copy(ticket))))
        {
            throw new ConcurrencyException();
        }

        _tickets[ticket.Order] = ticket;
    }

    public Task EraseTexts(OrderId order, CancellationToken cancellation) => throw new NotSupportedException("The whole platform's tests have it.");

    private static Ticket Copy(Ticket ticket) => Ticket.Restore(
        ticket.Slip, ticket.Status, ticket.Version, ticket.Reason, ticket.OpenedAt, ticket.ChangedAt, ticket.Delivery);
}
