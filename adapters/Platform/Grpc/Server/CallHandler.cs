using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>Serves the calls of one method; made once, when the service is mapped.</summary>
abstract class CallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, MethodOptions options, ILogger logger)
    where TRequest : class
    where TResponse : class
{
    protected Method<TRequest, TResponse> Method => method;

    public async Task HandleAsync(HttpContext http)
    {
        if (!Protocol.IsAcceptable(http, out var refused))
        {
            await refused;
            return;
        }

        if (method.Type is not MethodType.Unary)
        {
            LiftLimits(http);
        }

        using var call = new ServerCall(http, method, options, logger);
        try
        {
            call.PrepareHeaders();
            await (call.StartDeadline() ? HandleAsync(call) : call.EndAsync());
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            await call.EndAsync();
        }
    }

    protected abstract Task HandleAsync(ServerCall call);

    /// <summary>A stream may last and grow without bound, and pause as long as it likes.</summary>
    void LiftLimits(HttpContext http)
    {
        http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (method.Type is MethodType.ServerStreaming)
        {
            return;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }
}
