using System.Threading.RateLimiting;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>How much of what may be under way at the same time one customer has: a quarter, far more than people need.</summary>
public static class CustomerShares
{
    private const int Customers = 4;

    /// <summary>The shares by customers' names; without a name all of it.</summary>
    /// <param name="atOnce">How much all have together.</param>
    public static PartitionedRateLimiter<string> Of(int atOnce)
    {
        var share = new ConcurrencyLimiterOptions { PermitLimit = (atOnce + Customers - 1) / Customers, QueueLimit = 0 };
        return PartitionedRateLimiter.Create<string, string>(
            customer => customer.Length == 0
                ? RateLimitPartition.GetNoLimiter(customer)
                : RateLimitPartition.GetConcurrencyLimiter(customer, _ => share),
            StringComparer.Ordinal);
    }
}
