using System.Diagnostics;
using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>A call being served: what the handler sees of it.</summary>
sealed partial class ServerCall(HttpContext http, IMethod method, MethodOptions options, ILogger logger) : ServerCallContext, IDisposable
{
    static readonly AuthContext _unauthenticated = new(null, []);

    Metadata? _requestHeaders;
    Metadata? _responseTrailers;
    Status _status;

    public HttpContext HttpContext => http;

    public MethodOptions Options => options;

    protected override string MethodCore => method.FullName;

    protected override string HostCore => http.Request.Host.Value ?? "";

    protected override string PeerCore => Peers.Format(http.Connection);

    protected override DateTime DeadlineCore => _deadline?.Time ?? DateTime.MaxValue;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadRequestHeaders();

    protected override CancellationToken CancellationTokenCore => _deadline?.Token ?? http.RequestAborted;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore
    {
        get => _status;
        set => _status = value;
    }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => _unauthenticated;

    protected override IDictionary<object, object> UserStateCore => http.Items!;

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Calls do not propagate by token.");

    /// <summary>Turns what a handler threw into the outcome.</summary>
    public void Fail(Exception exception)
    {
        if (exception is RpcException refusal)
        {
            logger.HandlerRefused(method.FullName, refusal.StatusCode, exception);
            _status = refusal.Status;
            AddTrailers(refusal.Trailers);
        }
        else if (exception is OperationCanceledException or IOException or InvalidOperationException && CancellationTokenCore.IsCancellationRequested)
        {
            // Writing to a caller who is gone is an invalid operation; that is no fault of the handler's.
            logger.CallerGone(method.FullName, exception);
            _status = new Status(StatusCode.Cancelled, "The call was cancelled.", exception);
        }
        else
        {
            logger.HandlerFailed(method.FullName, exception);
            const string Blurred = "Exception was thrown by handler.";
            var detail = options.DetailedErrors ? $"{Blurred} {exception.GetType().Name}: {exception.Message}" : Blurred;
            _status = new Status(StatusCode.Unknown, detail, exception);
        }
    }

    void AddTrailers(Metadata trailers)
    {
        foreach (var trailer in trailers)
        {
            ResponseTrailersCore.Add(trailer);
        }
    }

    void TagActivity()
    {
        if (Activity.Current is { IsAllDataRequested: true } activity)
        {
            activity.SetTag("grpc.method", method.FullName);
            activity.SetTag("grpc.status_code", StatusTexts.Of(_status.StatusCode));
        }
    }

    Metadata ReadRequestHeaders()
    {
        var metadata = new Metadata();
        foreach (var (name, values) in http.Request.Headers)
        {
            foreach (var value in values)
            {
                metadata.AddHeader(name, value ?? "");
            }
        }

        return metadata;
    }
}
