using System.IO.Pipelines;
using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>The stream a caller sends.</summary>
sealed class RequestStream<T>(ServerCall call, Func<DeserializationContext, T> deserializer) : IAsyncStreamReader<T>
    where T : class
{
    readonly PipeReader _input = call.HttpContext.Request.BodyReader;
    T? _current;
    bool _ended;

    public T Current => _current ?? throw new InvalidOperationException("There is no message before MoveNext has brought one.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (call.HasEnded)
        {
            throw new InvalidOperationException("Can't read messages after the request is complete.");
        }

        if (_ended)
        {
            return false;
        }

        if (!cancellationToken.CanBeCanceled || cancellationToken == call.CancellationToken)
        {
            _current = await RequestReading.ReadNextMessageAsync(call, _input, deserializer, call.ReadToken);
        }
        else
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.ReadToken);
            _current = await RequestReading.ReadNextMessageAsync(call, _input, deserializer, either.Token);
        }

        _ended = _current is null;
        return !_ended;
    }
}
