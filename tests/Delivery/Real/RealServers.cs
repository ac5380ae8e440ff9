using FoodDelivery.Tests.Support.Real;

namespace FoodDelivery.Tests.Delivery.Real;

/// <summary>The platform on real servers that all faults of a run strike, one after another; started when the first one wants it.</summary>
public sealed class RealServers : IAsyncLifetime
{
    public const string Name = "faults of real servers";

    private Task<RealPlatform>? _platform;

    public Task<RealPlatform> Running => _platform ??= RealPlatform.Up(
        "Order:Sweeper:AgeSeconds=6",
        "Order:Sweeper:IntervalSeconds=1",
        "Customer:NotificationClaimSeconds=6",
        "Order:Payments:TryTimeoutMilliseconds=2000",
        "Order:Payments:TotalTimeoutMilliseconds=5000",
        "Supervisor:ProbeTimeoutSeconds=5",
        "Supervisor:GivesWay=no");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_platform is { IsCompletedSuccessfully: true } running)
            await (await running).DisposeAsync();
    }

    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class All : ICollectionFixture<RealServers>, ICollectionFixture<FaultTable>;
}
