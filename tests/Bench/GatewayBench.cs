using System.Net.Http.Headers;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.Bench;

/// <summary>What the gateway costs, and what a token: the same reads with and without, in turn.</summary>
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
        using var anonymous = Frames.Client();
        using var client = Frames.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await fleet.Token("demo-operator"));

        var restDirect = Rest(client, service);
        var rpcDirect = Rpc(service);
        await Compare("gateway_rest", "GET of an order's status through the gateway", Rest(client, gateway), restDirect);
        await Compare("gateway_rpc", "GetOrderStatus over gRPC through the gateway", Rpc(gateway), rpcDirect);
        await Compare("token_rest", "GET of an order's status with a token, past the gateway", restDirect, Rest(anonymous, service));

        Func<CancellationToken, Task> Rest(HttpClient who, ServiceAddress where) => cancellation => Get(who, new Uri(where.Rest, Status), cancellation);

        Func<CancellationToken, Task> Rpc(ServiceAddress where) => cancellation => Frames.Post(client, new Uri(where.Grpc, Call), asked, answer, cancellation);

        async Task Compare(string name, string what, Func<CancellationToken, Task> dear, Func<CancellationToken, Task> cheap)
        {
            var (ours, floor) = (new List<LoadResult>(), new List<LoadResult>());
            for (var round = 0; round < extent.Rounds; round++)
            {
                floor.Add(await Load.Run(Users, extent.Turn, (_, cancellation) => cheap(cancellation)));
                ours.Add(await Load.Run(Users, extent.Turn, (_, cancellation) => dear(cancellation)));
            }

            Figures.Print($"{name}_per_s", ours.Select(static round => round.Rate).Median(), $"{what}, {Users} users, all in one process");
            Figures.Print($"{name}_ratio", ours.Zip(floor, static (own, without) => own.Rate / without.Rate).Median(), "the same / without, median over the rounds");
        }
    }

    private static async Task Get(HttpClient client, Uri target, CancellationToken cancellation)
    {
        using var response = await client.GetAsync(target, cancellation);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null, cancellation);
    }
}
