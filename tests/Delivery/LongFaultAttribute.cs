using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.Delivery;

/// <summary>A fault that is not for every run: <c>DELIVERY_FAULTS=all</c> runs it, where its programs are.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFaultAttribute : FactAttribute
{
    internal const string Reason = "one of the longer faults: DELIVERY_FAULTS=all runs them";

    public LongFaultAttribute(params string[] programs)
    {
        Programs = programs;
        Skip = Wanted ? Requirement.SkipReason(programs) : Reason;
    }

    internal static bool Wanted { get; } = Environment.GetEnvironmentVariable("DELIVERY_FAULTS") == "all";

    public IReadOnlyList<string> Programs { get; }
}
