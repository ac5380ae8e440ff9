using FoodDelivery.Marketing.Recommending;

namespace FoodDelivery.Marketing.Ports;

/// <summary>Looks up what there is to recommend from; reads this context's own store alone.</summary>
public interface IEvidence
{
    /// <summary>How many of the customer's dishes are enough.</summary>
    const int MostOwn = 16;

    /// <summary>How many of them speak for others.</summary>
    const int MostSeeds = 6;

    /// <summary>How many dishes that go with one are enough.</summary>
    const int MostPartners = 8;

    /// <summary>What the counts that serve say about a customer, and about everybody.</summary>
    /// <param name="customer">Who; empty for somebody of whom nothing is known.</param>
    /// <param name="popular">How many popular dishes and how many popular stores are enough.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<Evidence> About(string customer, int popular, CancellationToken cancellation);
}
