using System.Diagnostics;
using Dapper;
using FoodDelivery.Protos.Ordering.V1;
using Npgsql;

namespace FoodDelivery.Tests.Bench.Real;

/// <summary>
/// Orders accepted a second, and orders a second until every consumer is done with them, against pgbench on the same server with every
/// statement that an accepted order writes.
/// </summary>
internal sealed class RealOrders : IAsyncDisposable
{
    /// <summary>How many customers place orders at once, and how many connections pgbench has.</summary>
    public const int Users = 64;

    private const double Faster = 1.05;

    private readonly PgBench _floor;
    private readonly H2Load _load;
    private readonly Consumption _consumption;
    private readonly NpgsqlDataSource _ordering;

    private RealOrders(PgBench floor, H2Load load, Consumption consumption, NpgsqlDataSource ordering) =>
        (_floor, _load, _consumption, _ordering) = (floor, load, consumption, ordering);

    public static async Task<RealOrders> Prepare(Surroundings surroundings)
    {
        var request = new PlaceOrderRequest { Address = "서울시 마포구 1", Items = { new OrderItem { Item = "chicken", Quantity = 1 } } };
        return new RealOrders(
            new PgBench(await surroundings.Floor(), Users, PgBenchScript.Of(await AcceptedOrder.Record())),
            new H2Load(new Uri(surroundings.Grpc("Order"), "/fooddelivery.ordering.v1.OrderService/PlaceOrder"), request, Users),
            await Consumption.Of(surroundings),
            NpgsqlDataSource.Create(surroundings.Database("ordering")));
    }

    /// <summary>Both sides run until they are compiled and filled, which is when orders are hardly accepted faster than before, and it is known about how fast they are.</summary>
    public async Task WarmUp(Extent extent)
    {
        var fastest = 0.0;
        for (int turn = 0, idle = 0; turn < extent.WarmUps && idle < 2; turn++)
        {
            var (accepted, _) = await Place(extent.Load, mayFail: turn == 0);
            await _floor.Rate(extent.Load / 4);
            idle = accepted > fastest * Faster ? 0 : idle + 1;
            fastest = Math.Max(fastest, accepted);
        }
    }

    public async Task<IReadOnlyList<OrderRound>> Run(Extent extent)
    {
        var rounds = new List<OrderRound>();
        for (var round = 0; round < extent.Real; round++)
        {
            var before = await _floor.Rate(extent.Load / 2);
            var (accepted, sustained) = await Place(extent.Load, mayFail: false);
            rounds.Add(new OrderRound((before + await _floor.Rate(extent.Load / 2)) / 2, accepted, sustained));
        }

        return rounds;
    }

    /// <summary>Waits until every consumer is done.</summary>
    public Task Settled() => _consumption.Completed();

    public async ValueTask DisposeAsync()
    {
        _floor.Dispose();
        _load.Dispose();
        await _consumption.DisposeAsync();
        await _ordering.DisposeAsync();
    }

    // As many orders as take about so long.
    private async Task<(double Accepted, double Sustained)> Place(TimeSpan about, bool mayFail)
    {
        await using var connection = await _ordering.OpenConnectionAsync();
        var last = await connection.ExecuteScalarAsync<long>("select coalesce(max(id), 0) from orders");
        var watch = Stopwatch.StartNew();
        var accepted = await _load.Run(about);
        await _consumption.Completed();
        var sustained = accepted.Calls / watch.Elapsed.TotalSeconds;

        // The load generator cannot read a refusal in a gRPC trailer; the table can be counted.
        var placed = await connection.ExecuteScalarAsync<long>("select count(*) from orders where id > @Last", new { Last = last });
        if (placed != accepted.Calls && !mayFail)
            throw new InvalidOperationException($"{accepted.Calls} orders were placed, and {placed} were accepted.");

        return (accepted.Rate, sustained);
    }
}
