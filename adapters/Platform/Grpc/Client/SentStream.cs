using System.Buffers;
using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>The stream a client sends. A write is done when the connection has taken it, so a slow server slows its caller.</summary>
sealed class SentStream<TRequest, TResponse>(ClientCall<TRequest, TResponse> call, RequestStreamContent content) : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    readonly ArrayBufferWriter<byte> _buffer = new();
    int _writing;
    bool _completed;

    public WriteOptions? WriteOptions { get; set; } = call.Options.WriteOptions;

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_completed)
        {
            throw new InvalidOperationException("Request stream has already been completed.");
        }

        if (Interlocked.Exchange(ref _writing, 1) == 1)
        {
            throw new InvalidOperationException("Can't write the message because the previous write is in progress.");
        }

        using var giveUp = cancellationToken.UnsafeRegister(static state => ((ClientCall)state!).GiveUpByCaller(), call);
        try
        {
            await SendAsync(message).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    public Task CompleteAsync()
    {
        _completed = true;
        content.Complete();
        return Task.CompletedTask;
    }

    async Task SendAsync(TRequest message)
    {
        if (call.HasEnded)
        {
            throw call.EndException();
        }

        try
        {
            var body = await content.Opened.WaitAsync(call.Token).ConfigureAwait(false);
            _buffer.ResetWrittenCount();
            call.Serialize(message, _buffer);
            await body.WriteAsync(_buffer.WrittenMemory, call.Token).ConfigureAwait(false);
            if (WriteOptions?.Flags.HasFlag(WriteFlags.BufferHint) is not true)
            {
                await body.FlushAsync(call.Token).ConfigureAwait(false);
            }
        }
        catch (RpcException)
        {
            // The message is too large; the call itself goes on.
            throw;
        }
        catch (Exception exception)
        {
            await AnswerAsync().ConfigureAwait(false);
            throw call.Fail(exception);
        }
    }

    /// <summary>A body that cannot be written any more has mostly been answered: that answer tells more than the broken write.</summary>
    async Task AnswerAsync()
    {
        try
        {
            call.EndIfOutcome(await call.Response.WaitAsync(_patience).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is RpcException or TimeoutException or OperationCanceledException)
        {
            // No answer; the write's own error is the outcome.
        }
    }
}
