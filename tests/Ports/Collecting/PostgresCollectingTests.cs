using FoodDelivery.Tests.Ports.Postgres;
using FoodDelivery.Tests.Support.Postgres;

namespace FoodDelivery.Tests.Ports.Collecting;

[NeedsPostgres]
public sealed class PostgresCollectingTests : CollectingSuite
{
    private PostgresPlace? _place;

    public override async Task InitializeAsync() => _place = await PostgresPlace.Make();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _place!.DisposeAsync();
    }

    protected override Task<IReadOnlyDictionary<string, string?>> Database() => Task.FromResult<IReadOnlyDictionary<string, string?>>(
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:Provider"] = "Postgres",
            ["Storage:ConnectionString"] = _place!.Template,
        });
}
