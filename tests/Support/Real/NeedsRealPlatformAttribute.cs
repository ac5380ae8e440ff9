using FoodDelivery.Tests.Support.Postgres;
using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.Support.Real;

/// <summary>The suite needs the programs of all the platform's servers, and those that <c>deploy/local</c> is made of.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsRealPlatformAttribute : NeedsAttribute
{
    private static readonly string[] Programs = ["/bin/bash", "redis-server", "redis-cli", "java", "npm", "curl", "setsid", "setpriv", "flock"];

    /// <inheritdoc/>
    public override string? Missing => PostgresPrograms.Missing ?? Requirement.SkipReason(Programs);
}
