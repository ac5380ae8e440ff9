using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace FoodDelivery.Platform.Hosting.Rejections;

/// <summary>Nothing leaves a gateway to a gRPC caller but a gRPC status: what would be an HTTP error is said in the caller's own language.</summary>
internal sealed class RpcErrorBoundary(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var response = context.Response;
        if (!response.HasStarted && response.StatusCode >= 400 && context.Request.IsRpc())
        {
            var detail = response.StatusCode == StatusCodes.Status404NotFound
                ? "There is no such method here."
                : ReasonPhrases.GetReasonPhrase(response.StatusCode) + ".";
            RpcAnswer.Write(context, new RpcException(new Status(RpcAnswer.Of(response.StatusCode), detail)));
        }
    }
}
