namespace FoodDelivery.Tests.Support.Real;

/// <summary>A test of the whole platform on real servers: skipped where their programs are missing, unless the environment says CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealPlatformFactAttribute : Xunit.FactAttribute
{
    /// <summary>Looks for the programs.</summary>
    public RealPlatformFactAttribute()
    {
        if (!string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Skip = new NeedsRealPlatformAttribute().Missing;
    }
}
