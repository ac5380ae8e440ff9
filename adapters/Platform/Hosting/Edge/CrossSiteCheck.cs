using System.Net;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Platform.Hosting.Edge;

/// <summary>
/// In Development whoever sends no token may do much, and listening on this machine alone does not keep out the pages of other sites in its browser. They are
/// known by their origin (Fetch Standard: Origin; Fetch Metadata: Sec-Fetch-Site); one that has its own name lead here, by the name that it asks for (Host).
/// </summary>
internal sealed class CrossSiteCheck(RequestDelegate next, IConfiguration configuration)
{
    private readonly OwnNames _names = new(configuration);
    private readonly IReadOnlyList<string> _origins = BrowserAccess.Origins(configuration);

    public Task InvokeAsync(HttpContext context)
    {
        // A page has no token to send, and where one can be had is open to everybody.
        var needsNone = context.Request.Headers.Authorization.Count == 0 || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        return needsNone && Why(context.Request) is { } refusal ? refusal.ExecuteAsync(context) : next(context);
    }

    private Refusal? Why(HttpRequest request)
    {
        if (request.Host.HasValue && !_names.Has(request.Host.Host))
            return Of("HOST_NOT_ALLOWED", $"'{request.Host.Host}' is no name of this machine; one that shall be is named by {OwnNames.Key}.");

        if (request.Headers.Origin.ToString() is { Length: > 0 } origin)
            return IsOwn(origin) ? null : Of("ORIGIN_NOT_ALLOWED", $"A page of '{origin}' may not call here without a token; one that shall is named by Cors:Origins.");

        // Who follows a link here only looks.
        return request.Headers["Sec-Fetch-Site"] == "cross-site" && !(HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate")
            ? Of("ORIGIN_NOT_ALLOWED", "A page of another site (Sec-Fetch-Site) may not call here without a token.")
            : null;
    }

    private bool IsOwn(string origin) => _origins.Contains(origin, StringComparer.OrdinalIgnoreCase) || _names.IsOrigin(origin);

    private static Refusal Of(string reason, string detail) => new(StatusCodes.Status403Forbidden, reason, "In Development only this machine may do without a token. " + detail);
}

/// <summary>What this machine is called by those who need no token in Development: its loopback names and addresses, and those of the setting <see cref="Key"/>.</summary>
internal sealed class OwnNames(IConfiguration configuration)
{
    public const string Key = "Development:Hosts";

    private readonly IReadOnlyList<string> _hosts = Setting.List(configuration, Key);

    public bool Has(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
        || _hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a page with that origin is this machine's.</summary>
    public bool IsOrigin(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var address) && Has(address.Host);
}
