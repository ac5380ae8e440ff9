using System.Collections.Concurrent;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>A thread for calls that block: they come one after another, and no thread of the pool waits for them.</summary>
internal sealed class DedicatedThread : IAsyncDisposable
{
    private readonly BlockingCollection<Action> _calls = [];
    private readonly Task _ended;

    public DedicatedThread(string name) => _ended = Run(name, () =>
    {
        foreach (var call in _calls.GetConsumingEnumerable())
            call();
    });

    /// <summary>Runs something that takes long on a thread of its own.</summary>
    public static Task Run(string name, Action run)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                run();
                ended.SetResult();
            }
            catch (Exception error)
            {
                ended.SetException(error);
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        thread.Start();
        return ended.Task;
    }

    /// <summary>Makes a call there; one whose caller has gone before its turn is left out.</summary>
    /// <exception cref="ObjectDisposedException">The thread has ended.</exception>
    public Task<T> Call<T>(Func<T> call, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _calls.Add(() => Answer(call, answer, cancellation), cancellation);
        }
        catch (InvalidOperationException ended)
        {
            throw new ObjectDisposedException("The log is closed.", ended);
        }

        return answer.Task.WaitAsync(cancellation);
    }

    /// <summary>Ends the thread after the calls that it has been given.</summary>
    public async ValueTask DisposeAsync()
    {
        _calls.CompleteAdding();
        await _ended;
        _calls.Dispose();
    }

    private static void Answer<T>(Func<T> call, TaskCompletionSource<T> answer, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            answer.TrySetCanceled(cancellation);
            return;
        }

        try
        {
            answer.TrySetResult(call());
        }
        catch (Exception error)
        {
            answer.TrySetException(error);
        }
    }
}
