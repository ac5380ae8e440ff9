using FoodDelivery.Marketing.Recommending;

namespace FoodDelivery.Marketing.Ports;

/// <summary>Looks up what there is to recommend from; reads this context's own store alone.</summary>
public interface IEvidence
{
    /// <summary>How many dishes and how many stores are enough of what is popular.</summary>
    const int MostPopular = 60;

    /// <summary>How many of the customer's dishes speak for others.</summary>
    const int MostSeeds = 8;

    /// <summary>How many dishes that go with one are enough.</summary>
    const int MostPartners = 12;

    /// <summary>What the counts that serve say about a customer, and about everybody.</summary>
    /// <param name="customer">Who; empty for somebody of whom nothing is known.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<Evidence> About(string customer, CancellationToken cancellation);
}
