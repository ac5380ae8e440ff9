using Grpc.Core;
using Grpc.Net.Client;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>Makes calls over a channel.</summary>
sealed class ChannelCallInvoker(GrpcChannel channel) : CallInvoker
{
    static readonly Func<object, Task<Metadata>> _headers = static call => ((ClientCall)call).HeadersAsync();
    static readonly Func<object, Status> _status = static call => ((ClientCall)call).EndStatus();
    static readonly Func<object, Metadata> _trailers = static call => ((ClientCall)call).EndTrailers();
    static readonly Action<object> _dispose = static call => ((ClientCall)call).Dispose();

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        Task.Run(() => AsyncUnaryCall(method, host, options, request).ResponseAsync).GetAwaiter().GetResult();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Create(method, host, options);
        call.Start(request);
        return new AsyncUnaryCall<TResponse>(call.ReadOnlyResponseAsync(), _headers, _status, _trailers, _dispose, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Create(method, host, options);
        call.Start(request);
        call.ExpectNoReader();
        return new AsyncServerStreamingCall<TResponse>(new ReceivedStream<TRequest, TResponse>(call), _headers, _status, _trailers, _dispose, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = Create(method, host, options);
        var requests = call.StartStream();
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            requests, call.ReadOnlyResponseAsync(), _headers, _status, _trailers, _dispose, call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = Create(method, host, options);
        var requests = call.StartStream();
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            requests, new ReceivedStream<TRequest, TResponse>(call), _headers, _status, _trailers, _dispose, call);
    }

    ClientCall<TRequest, TResponse> Create<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class
    {
        channel.ThrowIfDisposed();
        return new ClientCall<TRequest, TResponse>(channel, method, host, options);
    }
}
