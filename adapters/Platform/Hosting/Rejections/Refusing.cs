using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rejections;

/// <summary>Refuses a request before it has reached a handler, in whatever it speaks: problem details, or a gRPC status.</summary>
public static class Refusing
{
    /// <summary>Answers the refusal.</summary>
    public static Task Refuse(this HttpContext context, Error rejection)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.Request.IsRpc())
            return rejection.ToProblem().ExecuteAsync(context);

        RpcAnswer.Write(context, rejection.ToRpcException());
        return Task.CompletedTask;
    }

    /// <summary>Whether it is a gRPC or gRPC-Web call, by its type.</summary>
    internal static bool IsRpc(this HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;
}
