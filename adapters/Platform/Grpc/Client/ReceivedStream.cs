using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>The stream a server answers with.</summary>
sealed class ReceivedStream<TRequest, TResponse>(ClientCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    TResponse? _current;
    int _reading;

    public TResponse Current => _current ?? throw new InvalidOperationException("There is no message before MoveNext has brought one.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _reading, 1) == 1)
        {
            throw new InvalidOperationException("Can't read the next message because the previous read is still in progress.");
        }

        using var giveUp = cancellationToken.UnsafeRegister(static state => ((ClientCall)state!).GiveUpByCaller(), call);
        try
        {
            _current = await call.ReadAsync().ConfigureAwait(false);
            return _current is not null;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}
