using Xunit;

namespace FoodDelivery.Tests.Support.Real;

/// <summary>A test that needs a disk of its own: skipped where none can be mounted, unless the environment says CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DiskFactAttribute : FactAttribute
{
    /// <summary>Skips the test where there can be none.</summary>
    public DiskFactAttribute() => Skip = SmallDisk.SkipReason;
}
