using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.Support.Postgres;

/// <summary>The suite needs the programs of a PostgreSQL server, 15 or later.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : NeedsAttribute
{
    /// <inheritdoc/>
    public override string? Missing => PostgresPrograms.Missing;
}

/// <summary>A single test that needs them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : Xunit.FactAttribute
{
    /// <summary>Skips the test where they are missing, unless the environment says CI=true.</summary>
    public PostgresFactAttribute()
    {
        if (!string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Skip = PostgresPrograms.Missing;
    }
}
