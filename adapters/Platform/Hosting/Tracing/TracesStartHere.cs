using System.Diagnostics;

namespace FoodDelivery.Platform.Hosting.Tracing;

/// <summary>Takes no trace and no baggage over from callers, who are strangers here; hands the own ones on.</summary>
internal sealed class TracesStartHere : DistributedContextPropagator
{
    private static readonly DistributedContextPropagator Own = CreateDefaultPropagator();

    public override IReadOnlyCollection<string> Fields => Own.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => Own.Inject(activity, carrier, setter);

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
