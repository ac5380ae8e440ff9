using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Marketing.TallyingOrders;

/// <summary>Counts what is ordered, and takes back what is rejected, cancelled or refunded.</summary>
/// <param name="tallies">The counts.</param>
public sealed class TallyingOrders(ITallies tallies) : IDisposable
{
    // A customer's taste is one row: orders of one customer that come at once take turns, instead of overtaking each other until they give up.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1))];

    /// <summary>Counts an order once, whatever the number of its deliveries, in the counts that serve and in those that are being built.</summary>
    public Task Handle(PlacedOrder placed, MessageContext cause, CancellationToken cancellation) =>
        InTurn(placed.Customer, () => Enter(placed.Id, placed.Customer, sheet => sheet.Count(placed), cancellation), cancellation);

    /// <summary>Takes an order back, once.</summary>
    public async Task Handle(OrderUndone undone, MessageContext cause, CancellationToken cancellation)
    {
        var known = await tallies.Load(undone.Id, customer: null, cancellation);
        var customer = known.Select(static sheet => sheet.Order?.Customer).FirstOrDefault(static name => name is not null);
        await InTurn(customer ?? "", () => Enter(undone.Id, customer: null, sheet => sheet.TakeBack(undone.Id), cancellation), cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_turns, static turn => turn.Dispose());

    private async Task InTurn(string customer, Func<Task> work, CancellationToken cancellation)
    {
        if (customer.Length == 0)
        {
            await work();
            return;
        }

        var turn = _turns[(uint)customer.GetHashCode(StringComparison.Ordinal) % (uint)_turns.Length];
        await turn.WaitAsync(cancellation);
        try
        {
            await work();
        }
        finally
        {
            turn.Release();
        }
    }

    private Task<Unit> Enter(OrderId id, string? customer, Func<TallySheet, TallyEntry?> decide, CancellationToken cancellation) =>
        Concurrency.RetryOnConflict(async () =>
        {
            foreach (var sheet in await tallies.Load(id, customer, cancellation))
            {
                if (decide(sheet) is { } entry)
                    await tallies.Save(entry, cancellation);
            }

            return Unit.Value;
        });
}

/// <summary>An order was rejected, cancelled or refunded.</summary>
public sealed record OrderUndone(OrderId Id);
