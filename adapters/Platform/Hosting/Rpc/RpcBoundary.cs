using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Health;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Hosting.Rpc;

/// <summary>Nothing leaves gRPC but an answer or a status that was meant; every call is measured.</summary>
internal sealed partial class RpcBoundary(Draining draining, RpcMetrics measures, RefusalMetrics refusals, ILogger<RpcBoundary> log) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        UnreadableMessage.IsNone(context);
        var started = Stopwatch.GetTimestamp();
        try
        {
            MessageText.Take(request);
            var response = await continuation(request, context);
            measures.Ended(context.Method, context.Status.StatusCode, started);
            return response;
        }
        catch (Exception failure)
        {
            throw Ended(failure, context, started);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        UnreadableMessage.IsNone(context);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var response = await continuation(requestStream, context);
            measures.Ended(context.Method, context.Status.StatusCode, started);
            return response;
        }
        catch (Exception failure)
        {
            throw Ended(failure, context, started);
        }
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        Stream(context, () =>
        {
            MessageText.Take(request);
            return continuation(request, responseStream, context);
        });

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        Stream(context, () => Converse(() => continuation(requestStream, responseStream, context)));

    // Here messages are read while the handler runs.
    private static async Task Converse(Func<Task> handle)
    {
        try
        {
            await handle();
        }
        catch (InvalidProtocolBufferException)
        {
            throw Status(StatusCode.InvalidArgument, UnreadableMessage.Detail);
        }
    }

    private async Task Stream(ServerCallContext context, Func<Task> handle)
    {
        UnreadableMessage.IsNone(context);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await handle();
        }
        catch (Exception failure)
        {
            throw Ended(failure, context, started);
        }

        // A handler that takes its cancellation for the end of its work must not look as if the stream were complete.
        var http = context.GetHttpContext();
        if ((draining.StreamsEnd.IsCancellationRequested || StreamEnding.HasExpired(http) || StreamEnding.IsToBeAskedForAgain(http)) && context.CancellationToken.IsCancellationRequested)
            throw Ended(new OperationCanceledException(), context, started);

        measures.Ended(context.Method, context.Status.StatusCode, started);
    }

    private RpcException Ended(Exception failure, ServerCallContext context, long started)
    {
        var meant = Meant(failure, context);
        var http = context.GetHttpContext();
        if (meant.StatusCode != StatusCode.Cancelled && !WarmUpCalls.Has(http) && !(StreamEnding.IsToBeAskedForAgain(http) && failure is not RpcException))
            refusals.Count(failure is RpcException refused ? refused.Reason() : (Refusal.Of(failure, draining.StreamsEnd.IsCancellationRequested) ?? Refusal.Unexpected()).Reason);

        measures.Ended(context.Method, meant.StatusCode, started);
        return meant;
    }

    private RpcException Meant(Exception failure, ServerCallContext context)
    {
        switch (failure)
        {
            case RpcException refusal:
                return refusal;
            case ConcurrencyException:
                return Status(StatusCode.Aborted, "Others keep changing this at the same moment; look at it again and repeat.");
            case BadHttpRequestException bad:
                return Status(StatusCode.InvalidArgument, bad.Message);
            case OperationCanceledException or IOException when context.CancellationToken.IsCancellationRequested:
                return StreamEnding.HasExpired(context.GetHttpContext())
                    ? Status(StatusCode.Unauthenticated, "The token has expired; get a new one, and call again to go on.")
                    : draining.StreamsEnd.IsCancellationRequested
                    ? Status(StatusCode.Unavailable, "This instance is being stopped; call again to go on elsewhere.")
                    : StreamEnding.IsToBeAskedForAgain(context.GetHttpContext())
                    ? Status(StatusCode.Unavailable, "Over HTTP/1.1 a stream goes on for no longer; call again to go on.")
                    : Status(StatusCode.Cancelled, "The call was cancelled.");
            case OperationCanceledException or TimeoutException:
                return Status(StatusCode.Unavailable, "The answer took too long; try again.");
            case DbException { IsTransient: true }:
                return Status(StatusCode.Unavailable, "The database does not answer, and whether this was done is not known; look at it again, or repeat it under its key.");
            default:
                Unexpected(failure, context.Method);
                return Status(StatusCode.Internal, $"Something unexpected went wrong here; the log has it under {Activity.Current?.TraceId.ToHexString()}.");
        }
    }

    private static RpcException Status(StatusCode code, string detail) => new(new Status(code, detail));

    [LoggerMessage(LogLevel.Error, "{Method} failed unexpectedly.")]
    private partial void Unexpected(Exception failure, string method);
}

/// <summary>How long calls took, by method and outcome: over HTTP every one of them looks like a 200.</summary>
internal sealed class RpcMetrics
{
    private readonly Histogram<double> _duration;

    public RpcMetrics(IMeterFactory meters)
    {
        _duration = meters.Create("fooddelivery.rpc").CreateHistogram<double>("rpc.server.call.duration", "s", "How long gRPC calls took.");
    }

    public void Ended(string method, StatusCode code, long started)
    {
        if (_duration.Enabled)
        {
            _duration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                new KeyValuePair<string, object?>("rpc.method", method),
                new KeyValuePair<string, object?>("rpc.response.status_code", Name(code)));
        }
    }

    private static string Name(StatusCode code) => Enum.GetName(code) ?? "Unknown";
}
