using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>
/// Writes down which operator was let to whose data, whatever the protocol: the scope tells it, which every use case decides by. Not of a caller without a
/// token in Development, of whom there is nothing to tell.
/// </summary>
internal sealed partial class Audit(ILoggerFactory logging)
{
    /// <summary>The category of its lines, which settings and collectors choose them by.</summary>
    public const string Category = "FoodDelivery.Audit";

    private static readonly object Key = new();

    private readonly ILogger _log = logging.CreateLogger(Category);

    /// <summary>The scope of the request, the same for all who ask.</summary>
    public AccessScope ScopeOf(string subject, HttpContext context)
    {
        if (!_log.IsEnabled(LogLevel.Information))
            return AccessScope.Everything;

        if (context.Items[Key] is AccessScope scope)
            return scope;

        // A use case may ask several times for the same.
        SeenData? last = null;
        scope = AccessScope.OfOperator(seen =>
        {
            if (seen == last)
                return;

            last = seen;
            Seen(subject, seen.Kind, seen.Owner, seen.Number, context.GetEndpoint()?.DisplayName, context.TraceIdentifier);
        });
        context.Items[Key] = scope;
        return scope;
    }

    [LoggerMessage(1, LogLevel.Information, "Operator {Operator} was let to data of {Kind} {Owner}, number {Number}, by {Route} in request {Request}", EventName = "DataSeen")]
    private partial void Seen(string @operator, string kind, string owner, object? number, string? route, string request);
}
