using System.Globalization;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Hosting.Health;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FoodDelivery.Platform.Hosting.Rpc;

/// <summary>gRPC with the house's boundary, and what gRPC tools ask for: reflection and health.</summary>
internal static class RpcRegistration
{
    private const int LargestMessage = 1024 * 1024;

    public static IServiceCollection AddServiceRpc(this IServiceCollection services)
    {
        services.AddSingleton<RpcMetrics>().AddSingleton<RpcBoundary>().AddSingleton<IRefusalWriter, RpcRefusalWriter>();
        services.AddGrpc(static grpc =>
        {
            grpc.Interceptors.Add<RpcBoundary>();
            grpc.MaxReceiveMessageSize = LargestMessage;
        });
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks();
        services.Configure<HealthCheckPublisherOptions>(static publishing => (publishing.Delay, publishing.Period) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)));
        return services;
    }

    public static void MapServiceRpc(this WebApplication app)
    {
        app.UseMiddleware<StreamEnding>();
        app.Use(RefuseOtherFormats);
        app.Use(CloseAfterBase64);
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
        app.UseMiddleware<UnreadableMessage>();
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService().AllowWithoutToken();
    }

    // The gRPC server reads messages of every format as Protobuf, and takes it for its own failure that they are none.
    private static Task RefuseOtherFormats(HttpContext context, RequestDelegate next)
    {
        var type = context.Request.ContentType.AsSpan();
        var format = type[..(type.IndexOf(';') is var end and >= 0 ? end : type.Length)].TrimEnd();
        if (!format.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase)
            || format.IndexOf('+') is not (>= 0 and var at)
            || format[at..].Equals("+proto", StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        context.Response.Headers.GrpcStatus = ((int)StatusCode.Unimplemented).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.GrpcMessage = "Messages are Protobuf here, and of no other format.";
        return Task.CompletedTask;
    }

    // A body in base64 that cannot be read to its end leaves a connection on which the next request fails, also a stranger's behind a gateway; and that it
    // cannot shows when the answer has begun. HTTP/2 ends the one request alone.
    private static Task CloseAfterBase64(HttpContext context, RequestDelegate next)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc-web-text", StringComparison.OrdinalIgnoreCase) == true
            && context.Features.Get<IHttpResetFeature>() is null)
        {
            context.Response.Headers.Connection = "close";
        }

        return next(context);
    }
}

/// <summary>Says of single methods of a gRPC service who may call them. A method of which nothing is said is an operator's.</summary>
public static class RpcAuthorizationExtensions
{
    /// <summary>These roles may call this method, and an operator.</summary>
    /// <param name="service">What <c>MapGrpcService</c> gave.</param>
    /// <param name="method">The method's name: <c>nameof(OrderService.OrderServiceBase.PlaceOrder)</c>.</param>
    /// <param name="roles">Of <see cref="Roles"/>.</param>
    public static GrpcServiceEndpointConventionBuilder AllowMethod(
        this GrpcServiceEndpointConventionBuilder service, string method, params ReadOnlySpan<string> roles)
    {
        ArgumentNullException.ThrowIfNull(service);
        var statement = AuthorizationExtensions.Statement(roles);
        service.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<GrpcMethodMetadata>().Any(served => string.Equals(served.Method.Name, method, StringComparison.Ordinal)))
                endpoint.Metadata.Add(statement);
        });
        return service;
    }
}

/// <summary>
/// Lets streams to a caller, which end by themselves perhaps never, see the service's end as their own, and that of the token that they were asked for with. Over HTTP/1.1
/// they also end after a while, and a caller who is still there asks again: a browser that is frozen, or gone without a word, cannot be told from one that waits. Its
/// system acknowledges what it never reads, and a quiet stream writes nothing whose speed could be measured; HTTP/2 has pings that the browser itself must answer.
/// </summary>
internal sealed class StreamEnding(RequestDelegate next, Draining draining, ServiceSettings settings, TimeProvider clock)
{
    // No timer waits for longer.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.Type is MethodType.ServerStreaming or MethodType.DuplexStreaming
            ? Stream(context)
            : next(context);

    /// <summary>Whether a stream's token has ended.</summary>
    public static bool HasExpired(HttpContext context) => context.Features.Get<Ends>()?.Expiry.IsCancellationRequested == true;

    /// <summary>Whether a stream has gone on for as long as one may over HTTP/1.1.</summary>
    public static bool IsToBeAskedForAgain(HttpContext context) => context.Features.Get<Ends>()?.Life.IsCancellationRequested == true;

    private async Task Stream(HttpContext context)
    {
        using var expiry = new CancellationTokenSource(Left(context), clock);
        using var life = new CancellationTokenSource(Life(context.Request), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource([context.RequestAborted, draining.StreamsEnd, expiry.Token, life.Token]);
        var aborted = context.RequestAborted;
        context.Features.Set(new Ends(expiry.Token, life.Token));
        context.RequestAborted = either.Token;
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestAborted = aborted;
        }
    }

    private TimeSpan Left(HttpContext context)
    {
        if (Callers.EndOf(context.User) is not { } end)
            return Timeout.InfiniteTimeSpan;

        var left = end - clock.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > Longest ? Longest : left;
    }

    private TimeSpan Life(HttpRequest request) =>
        settings.WebStreamLife > TimeSpan.Zero && !HttpProtocol.IsHttp2(request.Protocol) ? settings.WebStreamLife : Timeout.InfiniteTimeSpan;

    private sealed record Ends(CancellationToken Expiry, CancellationToken Life);
}

/// <summary>
/// Bytes that are no message of their method never reach a handler, and the gRPC server calls them UNKNOWN, as if the fault were
/// ours. It is the caller's: INVALID_ARGUMENT.
/// </summary>
internal sealed class UnreadableMessage(RequestDelegate next)
{
    public const string Detail = "The request is not a message of this method.";

    private const string Unknown = "2";
    private const string InvalidArgument = "3";

    /// <summary>Says that the call's message has been read: what goes wrong from here on is our own affair.</summary>
    public static void IsNone(ServerCallContext call) => call.GetHttpContext().Features.Set(Read.Instance);

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var response = context.Response;
        if (!response.HasStarted && response.Headers.GrpcStatus == Unknown && context.Features.Get<Read>() is null)
        {
            response.Headers.GrpcStatus = InvalidArgument;
            response.Headers.GrpcMessage = Detail;

            // What could not be read of the body is still on the connection; over HTTP/1.1 the next request on it would fail.
            response.Headers.Connection = "close";
        }
    }

    private sealed class Read
    {
        public static readonly Read Instance = new();
    }
}
