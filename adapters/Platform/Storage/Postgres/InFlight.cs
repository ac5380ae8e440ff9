namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>Counts what has been asked for, so that closing can wait for it.</summary>
internal sealed class InFlight
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _closed;

    public async Task<T> Run<T>(Func<Task<T>> work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(PostgresDatabase));
            _running++;
        }

        try
        {
            return await work();
        }
        finally
        {
            lock (_gate)
            {
                _running--;
                CompleteIfNone();
            }
        }
    }

    /// <summary>Lets nobody in any more; completes when everybody is out.</summary>
    public Task Close()
    {
        lock (_gate)
        {
            _closed = true;
            CompleteIfNone();
            return _none.Task;
        }
    }

    private void CompleteIfNone()
    {
        if (_closed && _running == 0)
            _none.TrySetResult();
    }
}
