namespace FoodDelivery.Marketing.Ports;

/// <summary>Looks up what there is to recommend from; reads this context's own store alone.</summary>
public interface IEvidence
{
    /// <summary>How many of the customer's dishes are enough.</summary>
    const int MaxOwn = 16;

    /// <summary>How many of them speak for others.</summary>
    const int MaxSeeds = 6;

    /// <summary>How many dishes that go with one are enough.</summary>
    const int MaxPartners = 8;

    /// <summary>What the counts that serve say about a customer, and about everybody.</summary>
    /// <param name="customer">Who; empty for somebody of whom nothing is known.</param>
    /// <param name="popular">How many popular dishes and how many popular stores are enough.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<Evidence> About(string customer, int popular, CancellationToken cancellation);
}

/// <summary>This context's own replica of the menus.</summary>
public interface IMenus
{
    /// <summary>Keeps a store's menu, unless the same or a newer revision of it is known.</summary>
    Task Replace(MenuChanged changed, CancellationToken cancellation);
}

/// <summary>Every order there has been, and what became of it.</summary>
public interface IOrderHistory
{
    /// <summary>Lets <see cref="TallyOrdersHandler.TallyOrdersHandler"/> handle all that had happened before the call, repeatedly if need be; completes when it has.</summary>
    Task Replay(CancellationToken cancellation);
}
