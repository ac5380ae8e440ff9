using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Telemetry;

/// <summary>
/// Every answer says in <c>X-Request-Id</c> what to ask the operators for: the caller's own id if it sent a decent one, else the trace that starts here.
/// </summary>
internal sealed class RequestIds(RequestDelegate next)
{
    public const string Header = "X-Request-Id";

    private const int Longest = 64;
    private static readonly SearchValues<char> Decent = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public Task InvokeAsync(HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        var id = given.Length is > 0 and <= Longest && !given.AsSpan().ContainsAnyExcept(Decent)
            ? given
            : Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        context.Request.Headers[Header] = id;
        context.Response.Headers[Header] = id;
        Activity.Current?.SetTag("request.id", id);
        return next(context);
    }
}

/// <summary>Goes on with a caller's trace, but carries no baggage: nobody here reads it, and written anew it can be longer than the next service takes.</summary>
internal class TracePropagator : DistributedContextPropagator
{
    private static readonly DistributedContextPropagator Own = CreateDefaultPropagator();

    public override IReadOnlyCollection<string> Fields => Own.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => Own.Inject(activity, carrier, setter);

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        Own.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);

    public sealed override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}

/// <summary>Takes no trace over from callers, who are strangers here; hands the own ones on.</summary>
internal sealed class NewTracePropagator : TracePropagator
{
    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);
}
