using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Error, "Error when executing service method '{Method}'.")]
    public static partial void HandlerFailed(this ILogger logger, string method, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "Service method '{Method}' answers {StatusCode}.")]
    public static partial void HandlerRefused(this ILogger logger, string method, StatusCode statusCode, Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "The caller of '{Method}' is gone.")]
    public static partial void CallerGone(this ILogger logger, string method, Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "The deadline of '{Method}', {Timeout} after its start, has passed.")]
    public static partial void DeadlinePassed(this ILogger logger, string method, TimeSpan timeout);

    [LoggerMessage(5, LogLevel.Debug, "The answer of '{Method}' at its deadline could not be sent.")]
    public static partial void DeadlineAnswerFailed(this ILogger logger, string method, Exception exception);
}
