namespace FoodDelivery.Tests.Bench.Real;

/// <summary>What one round of orders came to, each a second.</summary>
/// <param name="Floor">What an accepted order writes, by pgbench, before and after.</param>
/// <param name="Accepted">Orders answered.</param>
/// <param name="Sustained">The same orders, until every consumer was done with them.</param>
internal sealed record OrderRound(double Floor, double Accepted, double Sustained)
{
    public double AcceptedRatio => Accepted / Floor;
}
