using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Customer.V1;
using Grpc.Core;

namespace FoodDelivery.Adapters.Customers.Grpc;

/// <summary>Where orders are, over gRPC.</summary>
internal sealed class GrpcOrderStatuses(GetStatusHandler get, ListStatusesHandler list, WatchOrderHandler watch) : OrderStatusService.OrderStatusServiceBase
{
    public override async Task<GetOrderStatusResponse> GetOrderStatus(GetOrderStatusRequest request, ServerCallContext context) => new()
    {
        OrderStatus = (await get.Handle(new OrderId(request.OrderId), context.AccessScope(), context.CancellationToken)).ValueOrThrow().ToProto(),
    };

    public override async Task<ListOrderStatusesResponse> ListOrderStatuses(ListOrderStatusesRequest request, ServerCallContext context)
    {
        var page = PageRequest.Of(request.PageSize, request.PageToken).ValueOrThrow();
        OrderId? before = page.After is { } number ? new OrderId(number) : null;
        var query = new ListStatuses(request.CustomerId, before, page.Size + 1);
        var found = (await list.Handle(query, context.AccessScope(), context.CancellationToken)).ValueOrThrow().Items;
        return new ListOrderStatusesResponse
        {
            OrderStatuses = { found.Take(page.Size).Select(Mapping.ToProto) },
            NextPageToken = page.Next(found, static view => view.OrderId.Value),
        };
    }

    public override async Task WatchOrder(
        WatchOrderRequest request, IServerStreamWriter<WatchOrderResponse> responseStream, ServerCallContext context)
    {
        var query = new WatchOrder(new OrderId(request.OrderId), request.HasAfterVersion ? request.AfterVersion : null);
        var watched = (await watch.Handle(query, context.AccessScope(), context.CancellationToken)).ValueOrThrow();

        // Who resumes may be told nothing for long, and yet wants to know that it is listened to.
        await context.WriteResponseHeadersAsync([]);

        // A reader who is slow holds up its own enumeration alone: what happens meanwhile waits in the view's store.
        await foreach (var change in watched.Changes.WithCancellation(context.CancellationToken))
            await responseStream.WriteAsync(new WatchOrderResponse { OrderId = request.OrderId, Change = change.ToProto() }, context.CancellationToken);
    }
}
