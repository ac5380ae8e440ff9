using FoodDelivery.Platform.Hosting.Shutdown;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Hosting.Rejections;

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
