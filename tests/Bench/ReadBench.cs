using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.Bench;

/// <summary>
/// GetOrderStatus from the view, against a bare endpoint in a process of its own that answers as many bytes, both asked by the same client in turn.
/// </summary>
internal static class ReadBench
{
    private const int Users = 64;
    private const string Path = "/fooddelivery.customer.v1.OrderStatusService/GetOrderStatus";

    public static async Task Run(Fleet fleet, Extent extent)
    {
        var view = new OrderStatusService.OrderStatusServiceClient(fleet.Channel("Customer"));
        var request = new GetOrderStatusRequest { OrderId = 1 };
        var answer = Frames.Of(await view.GetOrderStatusAsync(request)).Length;
        var asked = Frames.Of(request);
        using var bare = await BareProcess.Start();
        using var client = Frames.Client();
        var (rounds, length) = (extent.Rounds, extent.Turn);

        var (ours, floor) = (new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < rounds; round++)
        {
            floor.Add(await Load.Run(Users, length, (_, cancellation) => Frames.Post(client, new Uri(bare.Address, $"/bytes/{answer}"), asked, answer, cancellation)));
            ours.Add(await Load.Run(Users, length, (_, cancellation) => Frames.Post(client, new Uri(fleet.Addresses["Customer"].Grpc, Path), asked, answer, cancellation)));
        }

        var middle = ours.OrderBy(static round => round.Rate).ElementAt(rounds / 2);
        Figures.Print("get_order_status", middle, $"GetOrderStatus over gRPC, {Users} users");
        Figures.Print("bare_reads_per_s", floor.Select(static round => round.Rate).Median(), $"{answer} bytes from a bare endpoint");
        Figures.Print("reads_ratio", ours.Zip(floor, static (own, bare) => own.Rate / bare.Rate).Median(), "GetOrderStatus / bare, median over the rounds");
    }
}
