using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.AspNetCore.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.GrpcRuntime.Web;

/// <summary>Lets gRPC-Web requests through to the gRPC handlers, in the shape of a gRPC request.</summary>
sealed class GrpcWebMiddleware(RequestDelegate next, GrpcWebOptions options)
{
    public Task InvokeAsync(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method) && Headers.IsGrpcWeb(http.Request.ContentType) && IsEnabled(http)
            ? HandleAsync(http)
            : next(http);

    async Task HandleAsync(HttpContext http)
    {
        var call = GrpcWebCall.Install(http);
        try
        {
            await next(http);
            await call.FinishAsync();
        }
        finally
        {
            call.Remove(http);
        }
    }

    bool IsEnabled(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IGrpcWebEnabledMetadata>()?.GrpcWebEnabled ?? options.DefaultEnabled;
}
