using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>All services in one real process, as <c>dotnet run --project services/Local</c> starts them.</summary>
public sealed class RunningLocal : IAsyncLifetime
{
    public const string Name = "one running Local";

    private Fleet? _fleet;

    public Fleet Fleet => _fleet ?? throw new InvalidOperationException("Local has not been started.");

    public async Task InitializeAsync() => _fleet = await Fleet.Local();

    public async Task DisposeAsync()
    {
        if (_fleet is not null)
            await _fleet.DisposeAsync();
    }

    [CollectionDefinition(Name)]
    public sealed class Shared : ICollectionFixture<RunningLocal>;
}
