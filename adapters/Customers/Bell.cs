namespace FoodDelivery.Adapters.Customers;

/// <summary>Wakes one background worker; rung while it works, it wakes it once more.</summary>
internal abstract class Bell : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0);

    /// <summary>Never waits.</summary>
    public void Ring()
    {
        if (_rung.CurrentCount == 0)
            _rung.Release();
    }

    /// <summary>Waits until it is rung, but no longer than <paramref name="atMost"/>.</summary>
    public Task Wait(TimeSpan atMost, CancellationToken cancellation) => _rung.WaitAsync(atMost, cancellation);

    public void Dispose() => _rung.Dispose();
}
