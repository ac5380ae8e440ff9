namespace FoodDelivery.Marketing.Ports;

/// <summary>The counts that recommendations are made of: those that serve and, while they are rebuilt, those that will.</summary>
public interface ITallies : IRebuildable
{
    /// <summary>What is known of an order and of its customer, a sheet for each generation.</summary>
    /// <param name="order">The order.</param>
    /// <param name="customer">Whose taste to look for; null for that of the known order's customer.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<IReadOnlyList<TallySheet>> Load(OrderId order, string? customer, CancellationToken cancellation);

    /// <summary>Saves an entry: the order, the taste and the counts, all or nothing.</summary>
    /// <exception cref="ConcurrencyException">The order or the taste has changed since the sheet was loaded.</exception>
    Task Save(TallyEntry entry, CancellationToken cancellation);

    /// <summary>How the serving counts are weighed; null before the first order.</summary>
    Task<Decay?> ServingDecay(CancellationToken cancellation);
}
