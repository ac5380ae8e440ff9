using System.Diagnostics.Metrics;
using FoodDelivery.Platform.Hosting.Rest;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Hosting.Access;

/// <summary>Writes down who was refused what, and what operators did. A token never appears in it.</summary>
internal sealed partial class AccessAudit
{
    private readonly ILogger<AccessAudit> _log;
    private readonly Counter<long> _refusals;

    public AccessAudit(ILogger<AccessAudit> log, IMeterFactory meters)
    {
        _log = log;
        _refusals = meters.Create("fooddelivery.security").CreateCounter<long>("security.refusals", description: "Calls refused for their token or its role.");
    }

    public void Refused(HttpContext context, RefusedAccess refusal)
    {
        _refusals.Add(1, new KeyValuePair<string, object?>("reason", refusal.Reason));
        Refused(Caller.Of(context), context.Request.Method, context.Request.Path, refusal.Reason);
    }

    public void Allowed(HttpContext context)
    {
        // Reading changes nothing, and in Development everybody is an operator without a name.
        if (!HttpMethods.IsGet(context.Request.Method) && context.User.IsInRole(Security.Roles.Operator) && Caller.Of(context) is not Caller.Anonymous)
            Did(Caller.Of(context), context.Request.Method, context.Request.Path);
    }

    [LoggerMessage(LogLevel.Information, "{Caller} was refused {Method} {Path}: {Reason}")]
    private partial void Refused(string caller, string method, string path, string reason);

    [LoggerMessage(LogLevel.Information, "Operator {Caller} asks for {Method} {Path}")]
    private partial void Did(string caller, string method, string path);
}
