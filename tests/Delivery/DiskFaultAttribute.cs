using FoodDelivery.Tests.Support.Real;

namespace FoodDelivery.Tests.Delivery;

/// <summary>A fault that needs a disk of its own: skipped where none can be mounted, unless the environment says CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DiskFaultAttribute : FactAttribute
{
    public DiskFaultAttribute() => Skip = SmallDisk.SkipReason;
}
