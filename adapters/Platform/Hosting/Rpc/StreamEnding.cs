using FoodDelivery.Platform.Hosting.Shutdown;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rpc;

/// <summary>Lets streams to a caller, which end by themselves perhaps never, see the service's end as their own.</summary>
internal sealed class StreamEnding(RequestDelegate next, Draining draining)
{
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.Type is MethodType.ServerStreaming or MethodType.DuplexStreaming
            ? Stream(context)
            : next(context);

    private async Task Stream(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, draining.StreamsEnd);
        var aborted = context.RequestAborted;
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
}
