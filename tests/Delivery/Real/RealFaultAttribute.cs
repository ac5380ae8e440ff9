using FoodDelivery.Tests.Support.Real;

namespace FoodDelivery.Tests.Delivery.Real;

/// <summary>A fault of the real servers. Those that are not for every run are for <c>DELIVERY_FAULTS=all</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealFaultAttribute : FactAttribute
{
    public RealFaultAttribute(bool everyRun = false)
    {
        EveryRun = everyRun;
        Skip = everyRun || LongFaultAttribute.Wanted ? RealPlatformFactAttribute.SkipReason : LongFaultAttribute.Reason;
    }

    public bool EveryRun { get; }
}
