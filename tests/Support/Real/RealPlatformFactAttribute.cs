using FoodDelivery.Tests.Support.Postgres;
using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.Support.Real;

/// <summary>A test of the whole platform on real servers: skipped where their programs are missing, unless the environment says CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealPlatformFactAttribute : Xunit.FactAttribute
{
    private static readonly string[] Programs = ["/bin/bash", "redis-server", "redis-cli", "java", "npm", "curl", "setsid", "setpriv", "flock", "librdkafka.so.1"];

    /// <summary>Looks for the programs.</summary>
    public RealPlatformFactAttribute()
    {
        if (!string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Skip = PostgresPrograms.Missing ?? Requirement.SkipReason(Programs);
    }
}
