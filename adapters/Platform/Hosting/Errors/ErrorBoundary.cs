using FoodDelivery.Platform.Hosting.Shutdown;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Hosting.Errors;

/// <summary>Nothing leaves REST but an answer or problem details: neither a stack trace nor an empty error. gRPC has a boundary of its own.</summary>
internal sealed partial class ProblemBoundary(RequestDelegate next, Draining draining, ILogger<ProblemBoundary> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsRpc())
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await Answer(context, exception);
            return;
        }

        var response = context.Response;
        if (response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
            await Problems.OfStatus(response.StatusCode, context).ExecuteAsync(context);
    }

    private Task Answer(HttpContext context, Exception exception)
    {
        if (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = Problems.ClientClosedRequest;
            return Task.CompletedTask;
        }

        if (Problems.Of(exception, draining.HasBegun) is { } problem)
            return problem.ExecuteAsync(context);

        Unexpected(exception, context.Request.Method, context.Request.Path);
        return Problems.Unexpected().ExecuteAsync(context);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed unexpectedly.")]
    private partial void Unexpected(Exception exception, string method, string path);
}

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
