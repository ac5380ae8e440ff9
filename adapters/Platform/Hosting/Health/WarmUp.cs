using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Hosting.Health;

/// <summary>Goes a way once, as soon as the server listens.</summary>
internal sealed partial class WarmUp(
    string what, Func<IServiceProvider, CancellationToken, Task> go, IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<WarmUp> log)
    : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private volatile bool _isOver;

    /// <summary>Whether it has been gone, or given up.</summary>
    public bool IsOver => _isOver;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        using var late = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, late.Token);
        try
        {
            await go(services, either.Token);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            Cold(what, failure.Message);
        }

        _isOver = true;
    }

    [LoggerMessage(LogLevel.Information, "The first callers may wait a little: warming up '{What}' ended early: {Why}")]
    private partial void Cold(string what, string why);
}
