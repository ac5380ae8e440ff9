using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>All services in one real process, as <c>dotnet run --project services/Local</c> starts them.</summary>
public sealed class RunningLocal : IAsyncLifetime
{
    public const string Name = "one running Local";

    // A busy machine must not make a payment look lost: these tests are about what happens, not about how soon.
    internal static readonly string[] Unhurried =
        ["--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000"];

    // What the environment says to other programs: a proxy that nobody listens at, names that settings have too.
    private static readonly Dictionary<string, string> Hostile = new(StringComparer.Ordinal)
    {
        ["http_proxy"] = "http://127.0.0.1:9", ["https_proxy"] = "http://127.0.0.1:9", ["all_proxy"] = "http://127.0.0.1:9", ["no_proxy"] = "",
        ["ENVIRONMENT"] = "staging", ["DATA"] = "/nowhere", ["SETTINGS"] = "/nowhere",
    };

    private Fleet? _fleet;

    public Fleet Fleet => _fleet ?? throw new InvalidOperationException("Local has not been started.");

    public async Task InitializeAsync() => _fleet = await Fleet.Local(Hostile, Unhurried);

    public async Task DisposeAsync()
    {
        if (_fleet is not null)
            await _fleet.DisposeAsync();
    }

    [CollectionDefinition(Name)]
    public sealed class Shared : ICollectionFixture<RunningLocal>;
}
