using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.Bench;

/// <summary>What the gateway costs: the same reads through it and past it, in turn, over REST and over gRPC.</summary>
internal static class GatewayBench
{
    private const int Users = 64;
    private const string Status = "/orderStatuses/1";
    private const string Call = "/fooddelivery.customer.v1.OrderStatusService/GetOrderStatus";

    public static async Task Run(Fleet fleet, Extent extent)
    {
        var (gateway, service) = (fleet.Addresses["Gateway"], fleet.Addresses["Customer"]);
        var request = new GetOrderStatusRequest { OrderId = 1 };
        var answer = Frames.Of(await new OrderStatusService.OrderStatusServiceClient(fleet.Channel("Customer")).GetOrderStatusAsync(request)).Length;
        var asked = Frames.Of(request);
        using var client = Frames.Client();

        await Compare("rest", "GET of an order's status", (address, cancellation) => Get(client, new Uri(address.Rest, Status), cancellation));
        await Compare("rpc", "GetOrderStatus over gRPC", (address, cancellation) => Frames.Post(client, new Uri(address.Grpc, Call), asked, answer, cancellation));

        async Task Compare(string name, string what, Func<ServiceAddress, CancellationToken, Task> ask)
        {
            var (through, direct) = (new List<LoadResult>(), new List<LoadResult>());
            for (var round = 0; round < extent.Rounds; round++)
            {
                direct.Add(await Load.Run(Users, extent.Turn, (_, cancellation) => ask(service, cancellation)));
                through.Add(await Load.Run(Users, extent.Turn, (_, cancellation) => ask(gateway, cancellation)));
            }

            Figures.Print($"gateway_{name}_per_s", through.Select(static round => round.Rate).Median(), $"{what} through the gateway, {Users} users, all in one process");
            Figures.Print($"gateway_{name}_ratio", through.Zip(direct, static (behind, past) => behind.Rate / past.Rate).Median(), "through the gateway / direct, median over the rounds");
        }
    }

    private static async Task Get(HttpClient client, Uri target, CancellationToken cancellation)
    {
        using var response = await client.GetAsync(target, cancellation);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null, cancellation);
    }
}
