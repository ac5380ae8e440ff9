using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Tests.Bench.Real;

/// <summary>
/// An order by its number, each against its own store's bare answer: GetOrder against pgbench with the same query of the same PostgreSQL, and
/// GetOrderStatus, which the view serves, against redis-benchmark with the read of the same hash.
/// </summary>
internal static class RealReads
{
    public static async Task Run(Surroundings surroundings, Extent extent)
    {
        var orders = new OrderService.OrderServiceClient(surroundings.Channel("Order"));
        var newest = (await orders.ListOrdersAsync(new ListOrdersRequest { PageSize = 1 })).Orders[0].OrderId;
        using var statement = new PgBench(surroundings.Database("ordering"), RealOrders.Users, PgBenchScript.Of($"select * from orders where id = {newest}"));
        using var get = new H2Load(
            new Uri(surroundings.Grpc("Order"), "/fooddelivery.ordering.v1.OrderService/GetOrder"), new GetOrderRequest { OrderId = newest }, RealOrders.Users);
        await Compare(extent, statement.Rate, get, "get_order", "reads", "GetOrder over gRPC", "its query alone, by pgbench");

        var hash = await RedisBench.Of(surroundings.Redis, newest);
        using var see = new H2Load(
            new Uri(surroundings.Grpc("Customer"), "/fooddelivery.customer.v1.OrderStatusService/GetOrderStatus"),
            new GetOrderStatusRequest { OrderId = newest },
            RealOrders.Users);
        await Compare(extent, hash.Rate, see, "get_order_status", "view_reads", "GetOrderStatus over gRPC", "its hash alone, by redis-benchmark");
    }

    /// <summary>How many pages of <c>GET /orders</c> are answered a second.</summary>
    public static async Task<double> List(Surroundings surroundings, Extent extent)
    {
        using var load = new H2Load(new Uri(surroundings.Rest("Order").Address, "/orders?size=20"), RealOrders.Users);
        var rates = new List<double>();
        for (var round = 0; round < 5; round++)
            rates.Add((await load.Run(extent.Turn)).Rate);

        return rates.Median();
    }

    private static async Task Compare(
        Extent extent, Func<TimeSpan, Task<double>> floor, H2Load load, string name, string ratio, string what, string alone)
    {
        await floor(extent.Turn);
        var first = await load.Run(calls: 1);
        var answer = first.Bytes / first.Calls;
        await load.Run(extent.Turn);
        var (ours, bare) = (new List<double>(), new List<double>());
        for (var round = 0; round < extent.Rounds; round++)
        {
            bare.Add(await floor(extent.Turn));
            var run = await load.Run(extent.Turn);
            ours.Add(run.Bytes == run.Calls * answer ? run.Rate : throw new InvalidOperationException($"{run.Bytes} bytes came instead of {run.Calls} times {answer}."));
        }

        Figures.Print($"{name}_per_s", ours.Median(), $"{what}, {RealOrders.Users} users");
        Figures.Print($"{name}_alone_per_s", bare.Median(), alone);
        Figures.Print($"{ratio}_ratio", ours.Zip(bare, static (own, floor) => own / floor).Median(), $"{what} / {alone}, median over the rounds");
    }
}
