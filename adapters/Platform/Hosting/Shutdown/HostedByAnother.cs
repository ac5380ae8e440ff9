using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Platform.Hosting.Shutdown;

/// <summary>For services that share a process: its host hears the signals, and stops them in the order that suits them.</summary>
internal sealed class HostedByAnother : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
