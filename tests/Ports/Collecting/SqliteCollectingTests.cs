namespace FoodDelivery.Tests.Ports.Collecting;

public sealed class SqliteCollectingTests : CollectingSuite
{
    protected override Task<IReadOnlyDictionary<string, string?>> Database() => Task.FromResult<IReadOnlyDictionary<string, string?>>(
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage:Provider"] = "Sqlite" });
}
