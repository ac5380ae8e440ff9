using System.Security.Cryptography;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>
/// What the provider calls our orders: 6 to 64 letters, digits, hyphens. Ours begin at 1 in every installation, and a merchant may have several,
/// or a new one after an old one: so each has a name of its own, made up once and kept with its payments, and never takes another's charge for its own.
/// </summary>
internal sealed class OrderNumbers(IDatabase database)
{
    private const string Signs = "abcdefghijkmnpqrstuvwxyz23456789";
    private const string Name = """
        insert into provider_installation (singleton, name) values (1, @Name)
        on conflict (singleton) do update set singleton = excluded.singleton
        returning name
        """;

    private volatile string? _name;

    /// <summary>The order's number as the provider knows it.</summary>
    public async ValueTask<string> Of(OrderId order, CancellationToken cancellation)
    {
        _name ??= (await database.WriteOne<Row>(Name, new { Name = RandomNumberGenerator.GetString(Signs, 12) }, cancellation))!.Name;
        return $"food-{_name}-{order}";
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";
    }
}
