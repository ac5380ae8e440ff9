namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>A call's deadline: its clock, its token and the turn to write. Calls without a deadline have none of this.</summary>
sealed class CallDeadline : IDisposable
{
    static readonly TimeSpan _longestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    readonly CancellationTokenSource _source;
    ITimer? _timer;

    public CallDeadline(TimeSpan timeout, CancellationToken aborted)
    {
        Timeout = timeout;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        Time = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        _source = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        Token = _source.Token;
    }

    public TimeSpan Timeout { get; }

    public DateTime Time { get; }

    public CancellationToken Token { get; }

    public SemaphoreSlim Turn { get; } = new(1, 1);

    public void Start(Action passed)
    {
        if (Timeout <= _longestTimer)
        {
            _timer = TimeProvider.System.CreateTimer(static state => ((Action)state!)(), passed, Timeout, System.Threading.Timeout.InfiniteTimeSpan);
        }
    }

    public Task CancelAsync() => _source.CancelAsync();

    public void Dispose()
    {
        _timer?.Dispose();
        _source.Dispose();
    }
}
