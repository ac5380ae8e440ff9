using Dapper;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Support.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>What the payment provider did: read from its own books, which belong to none of our services.</summary>
/// <param name="OrderId">The order that it charged for.</param>
/// <param name="AmountWon">How much.</param>
/// <param name="State">Approved, Declined or Refunded.</param>
internal sealed record Charge(long OrderId, long AmountWon, string State)
{
    public const string Approved = "Approved";

    private const string Query = "select order_id as OrderId, amount_won as AmountWon, state as State from charges";

    public static Task<IReadOnlyList<Charge>> All(IPlatform platform) => AllIn(platform.Files);

    public static async Task<IReadOnlyList<Charge>> AllIn(string folder)
    {
        await using var books = new SqliteDatabase(
            Path.Combine(folder, "provider.db"), new SqliteOptions(), [], TimeProvider.System, NullLogger<SqliteDatabase>.Instance);
        return await books.Read(static async connection => (await connection.QueryAsync<Charge>(Query)).AsList(), CancellationToken.None);
    }
}
