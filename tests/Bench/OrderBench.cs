using System.Diagnostics;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.Bench;

/// <summary>
/// Orders accepted a second through the whole platform, against a floor: the statements that accepting an order writes, by the same
/// repositories on the same kind of file, with nothing around them. The two run in turn.
/// </summary>
internal static class OrderBench
{
    private const int Users = 64;
    private static readonly TimeSpan CatchingUp = TimeSpan.FromMinutes(3);

    public static async Task Run(Fleet fleet, Extent extent)
    {
        var orders = new OrderService.OrderServiceClient(fleet.Channel("Order"));
        var request = new PlaceOrderRequest { Address = "서울시 마포구 1", CustomerId = "bench", Items = { new OrderItem { Item = "chicken", Quantity = 1 } } };
        var length = extent.Load;
        var last = 0L;

        await using var floor = new AcceptanceFloor();
        var alone = await Load.Run(Users, length / 2, (_, cancellation) => floor.Accept(cancellation));
        var watch = Stopwatch.StartNew();
        var placed = await Load.Run(Users, length, async (_, cancellation) =>
        {
            var answer = await orders.PlaceOrderAsync(request, cancellationToken: cancellation);
            last = Math.Max(last, answer.Order.OrderId);
        });
        await CaughtUp(fleet, last);
        var sustained = last / watch.Elapsed.TotalSeconds;
        var aloneAgain = await Load.Run(Users, length / 2, (_, cancellation) => floor.Accept(cancellation));

        var floorRate = (alone.Rate + aloneAgain.Rate) / 2;
        Figures.Print("place_order", placed, $"PlaceOrder over gRPC, {Users} users");
        Figures.Print("statements_alone_per_s", floorRate, "what an accepted order writes, alone");
        Figures.Print("accepted_ratio", placed.Rate / floorRate, "orders accepted / statements alone");
        Figures.Print("sustained_per_s", sustained, "orders a second until view and notifications have all of them");
        Figures.Print("sustained_ratio", sustained / floorRate, "the same / statements alone");
    }

    private static async Task CaughtUp(Fleet fleet, long last)
    {
        var view = new OrderStatusService.OrderStatusServiceClient(fleet.Channel("Customer"));
        var notifications = new NotificationService.NotificationServiceClient(fleet.Channel("Customer"));
        await Eventually.Holds(
            async () =>
            {
                var newest = await view.ListOrderStatusesAsync(new ListOrderStatusesRequest { PageSize = 1 });
                var sent = await notifications.ListNotificationsAsync(new ListNotificationsRequest { OrderId = last });
                if (newest.OrderStatuses.Count == 0 || newest.OrderStatuses[0].OrderId < last || sent.Notifications.Count == 0)
                    throw new InvalidOperationException($"Order {last} is not everywhere yet.");
            },
            CatchingUp);
    }
}
