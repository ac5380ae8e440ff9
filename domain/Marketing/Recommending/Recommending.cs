using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Marketing.Recommending;

/// <summary>What shall this customer eat?</summary>
/// <param name="Customer">Who; empty, or somebody who has ordered nothing yet, gets what is popular.</param>
/// <param name="Limit">How many dishes and how many stores at the most: 1 to <see cref="MostLimit"/>.</param>
public sealed record Recommend(string Customer, int Limit)
{
    /// <summary>How many are recommended unless the caller says otherwise.</summary>
    public const int UsualLimit = 5;

    /// <summary>How many can be asked for.</summary>
    public const int MostLimit = 50;
}

/// <summary>Recommends dishes and stores.</summary>
public sealed class Recommending(IEvidence evidence)
{
    /// <summary>The best of what can be ordered today, each with its reason; or what is wrong with the input.</summary>
    public async Task<Result<Recommendations>> Handle(Recommend command, CancellationToken cancellation)
    {
        if (CustomerName.Validate(command.Customer) is { } flaw)
            return flaw;
        return command.Limit is < 1 or > Recommend.MostLimit
            ? Error.Invalid("limit", $"limit must be a whole number from 1 to {Recommend.MostLimit}.")
            : Recommender.Recommend(await evidence.About(command.Customer, command.Limit, cancellation), command.Limit);
    }
}
