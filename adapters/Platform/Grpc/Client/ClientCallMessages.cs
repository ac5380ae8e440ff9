using System.Buffers;
using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>A call with its messages.</summary>
sealed class ClientCall<TRequest, TResponse>(GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
    : ClientCall(channel, method, host, options)
    where TRequest : class
    where TResponse : class
{
    TRequest? _request;
    RequestStreamContent? _requests;
    ResponseReader? _reader;

    /// <summary>Sends the only request.</summary>
    public void Start(TRequest request)
    {
        _request = request;
        Start();
    }

    /// <summary>Opens the stream of requests.</summary>
    public IClientStreamWriter<TRequest> StartStream()
    {
        _requests = new RequestStreamContent();
        Start();
        ExpectNoReader();
        return new SentStream<TRequest, TResponse>(this, _requests);
    }

    /// <summary>A failed call whose answer nobody reads is no failure that nobody observed.</summary>
    public void ExpectNoReader() => _ = Response.ContinueWith(
        static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    public void Serialize(TRequest request, IBufferWriter<byte> target)
    {
        var compression = Options.WriteOptions?.Flags.HasFlag(WriteFlags.NoCompress) is true
            ? null
            : RequestHeaders.CompressionOf(Options, Channel.Encodings);
        SentMessage.Write(request, method.RequestMarshaller.ContextualSerializer, target, Channel.Options.MaxSendMessageSize, compression);
    }

    /// <summary>The only response.</summary>
    public async Task<TResponse> ReadOnlyResponseAsync()
    {
        var first = await ReadAsync().ConfigureAwait(false);
        if (first is not null && await ReadAsync().ConfigureAwait(false) is not null)
        {
            throw Fail(new RpcException(new Status(StatusCode.Internal, "More than one response message came.")));
        }

        return first ?? throw NoMessage();
    }

    /// <summary>The next response; null when the call has ended well.</summary>
    public async ValueTask<TResponse?> ReadAsync()
    {
        if (HasEnded)
        {
            return EndStatus().StatusCode == StatusCode.OK ? null : throw EndException();
        }

        var response = await Response.ConfigureAwait(false);
        try
        {
            _reader ??= await ResponseReader.OpenAsync(response, Channel, Token).ConfigureAwait(false);
            if (await _reader.ReadAsync(method.ResponseMarshaller.ContextualDeserializer, Token).ConfigureAwait(false) is { } message)
            {
                return message;
            }

            EndWithTrailers(response);
        }
        catch (Exception exception)
        {
            throw Fail(exception);
        }

        return EndStatus().StatusCode == StatusCode.OK ? null : throw EndException();
    }

    protected override HttpContent CreateContent()
    {
        if (_requests is not null)
        {
            return _requests;
        }

        var content = new RequestContent();
        Serialize(_request!, content.Message);
        return content;
    }

    protected override void OnEnded()
    {
        _requests?.Complete();
        if (Response is { IsCompletedSuccessfully: true } finished)
        {
            _ = DisposeAsync(finished);
        }
    }

    static async Task DisposeAsync(Task<HttpResponseMessage> finished) => (await finished.ConfigureAwait(false)).Dispose();

    static RpcException NoMessage() => new(new Status(StatusCode.Internal, "Failed to deserialize response message."));
}
