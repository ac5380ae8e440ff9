using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace FoodDelivery.Platform.Hosting.Edge;

/// <summary>HEAD is answered wherever GET is, and as GET is; the server itself leaves the body out (RFC 9110, 9.3.2). It comes before routing.</summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method))
            context.Request.Method = HttpMethods.Get;

        return next(context);
    }
}

/// <summary>
/// Connections that become another protocol's, such as WebSockets. They are nothing that the limit of requests bounds, so that a service has none unless
/// its settings allow some: then the wish is not heard (RFC 9110, 7.8), and a route that lives on it says so. One more than are allowed is told to come again.
/// </summary>
internal sealed class Upgrades(RequestDelegate next, ServiceSettings settings)
{
    private static readonly Error Full = Error.Unavailable(
        "TOO_MANY_CONNECTIONS", "More connections are open here than are allowed; try again.", TimeSpan.FromSeconds(1));

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
            return next(context);

        if (settings.UpgradedConnections > 0)
            return Bounded(context, upgrade);

        context.Features.Set<IHttpUpgradeFeature>(null);
        return next(context);
    }

    private async Task Bounded(HttpContext context, IHttpUpgradeFeature upgrade)
    {
        context.Features.Set<IHttpUpgradeFeature>(new Attempt(upgrade));
        try
        {
            await next(context);
        }
        catch (FullException) when (!context.Response.HasStarted)
        {
            var headers = context.Response.Headers;
            headers.Remove(HeaderNames.Upgrade);
            headers.Remove(HeaderNames.SecWebSocketAccept);
            headers.Connection = "close";
            await context.Refuse(Full);
        }
    }

    private sealed class Attempt(IHttpUpgradeFeature upgrade) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync()
        {
            try
            {
                return await upgrade.UpgradeAsync();
            }
            catch (InvalidOperationException full)
            {
                throw new FullException(full);
            }
        }
    }

    private sealed class FullException(Exception inner) : Exception("No more connections may become another protocol's.", inner);
}

/// <summary>
/// Refuses what two servers in a row could read differently, which is how a request is smuggled past the first. The server below has refused most of it:
/// repeated and odd lengths, odd encodings. Of a length beside a chunked body it believes the chunks; a gateway does not guess.
/// Nor does it begin to hand on a body that it would have to break off.
/// </summary>
internal sealed class UnambiguousLength(RequestDelegate next)
{
    // Where the server puts a length that it does not believe.
    private const string DisbelievedLength = "X-Content-Length";

    private static readonly Error Ambiguous = Error.Invalid(
        "Content-Length", "A body has either a Content-Length or the Transfer-Encoding chunked, and nothing else.", "AMBIGUOUS_LENGTH");

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }

        if (headers.TransferEncoding.Count == 0 || (IsChunked(headers) && headers.ContentLength is null && !headers.ContainsKey(DisbelievedLength)))
            return next(context);

        context.Response.Headers.Connection = "close";
        return context.Refuse(Ambiguous);
    }

    private static bool IsChunked(IHeaderDictionary headers) =>
        headers.TransferEncoding is [var encoding] && string.Equals(encoding, "chunked", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Which web pages may call: those of the origins in <c>Cors:Origins</c>; in Development also every page of this machine.</summary>
internal static class BrowserAccess
{
    // What a page may read of an answer; without these it sees neither gRPC-Web's errors nor where a new order is.
    private static readonly string[] Exposed =
        ["Grpc-Status", "Grpc-Message", "Grpc-Encoding", "Grpc-Accept-Encoding", "Grpc-Status-Details-Bin", "Location", "ETag", "Retry-After", "X-Request-Id"];

    public static IServiceCollection AddBrowserAccess(this IServiceCollection services, IConfiguration configuration, bool development)
    {
        var (origins, names) = (Origins(configuration), new OwnNames(configuration));
        return services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .SetIsOriginAllowed(origin => origins.Contains(origin, StringComparer.OrdinalIgnoreCase) || (development && names.IsOrigin(origin)))
            .AllowAnyHeader()
            .AllowAnyMethod()
            .WithExposedHeaders(Exposed)
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
    }

    /// <summary>Those of the settings.</summary>
    public static IReadOnlyList<string> Origins(IConfiguration configuration) => Setting.List(configuration, "Cors:Origins");

    public static void UseBrowserAccess(this WebApplication app) => app.UseCors();
}
