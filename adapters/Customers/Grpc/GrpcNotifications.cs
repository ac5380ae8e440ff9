using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Rejections;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Protos.Customer.V1;
using Grpc.Core;

namespace FoodDelivery.Adapters.Customers.Grpc;

/// <summary>What was sent to whom, over gRPC.</summary>
internal sealed class GrpcNotifications(INotifications notifications) : NotificationService.NotificationServiceBase
{
    public override async Task<ListNotificationsResponse> ListNotifications(ListNotificationsRequest request, ServerCallContext context)
    {
        if (PageRequest.Of(request.PageSize, request.PageToken).IsRejected(out var rejection, out var page))
            throw rejection.ToRpcException();
        OrderId? order = request.HasOrderId ? new OrderId(request.OrderId) : null;
        var sent = await notifications.Sent(order, page.After ?? 0, page.Size + 1, context.CancellationToken);
        return new ListNotificationsResponse
        {
            Notifications = { sent.Take(page.Size).Select(ViewMapping.ToProto) },
            NextPageToken = page.Next(sent, static one => one.Number),
        };
    }
}
