using FoodDelivery.Tests.Support.Real;

namespace FoodDelivery.Tests.Delivery.Real;

/// <summary>A fault of the real servers. Those that are not for every run are for <c>DELIVERY_FAULTS=all</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealFaultAttribute : FactAttribute
{
    public RealFaultAttribute(bool everyRun = false, bool ofDisks = false)
    {
        (EveryRun, OfDisks) = (everyRun, ofDisks);
        Skip = everyRun || LongFaultAttribute.Wanted ? RealPlatformFactAttribute.SkipReason ?? (ofDisks ? SmallDisk.SkipReason : null) : LongFaultAttribute.Reason;
    }

    public bool EveryRun { get; }

    /// <summary>Whether it needs a disk of its own.</summary>
    public bool OfDisks { get; }
}
