namespace FoodDelivery.Tests.Support.Real;

/// <summary>A test of the whole platform on real servers: skipped where their programs are missing, unless the environment says CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealPlatformFactAttribute : Xunit.FactAttribute
{
    /// <summary>Looks for the programs.</summary>
    public RealPlatformFactAttribute() => Skip = SkipReason;

    /// <summary>Why such a test is skipped; null if it runs.</summary>
    public static string? SkipReason => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
        ? null
        : new NeedsRealPlatformAttribute().Missing;
}
