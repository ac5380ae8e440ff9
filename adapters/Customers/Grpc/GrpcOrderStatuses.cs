using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Customer.V1;
using Grpc.Core;

namespace FoodDelivery.Adapters.Customers.Grpc;

/// <summary>Where orders are, over gRPC.</summary>
internal sealed class GrpcOrderStatuses(IOrderStatuses statuses, WatchOrderHandler watching, TimeProvider clock) : OrderStatusService.OrderStatusServiceBase
{
    public override async Task<GetOrderStatusResponse> GetOrderStatus(GetOrderStatusRequest request, ServerCallContext context)
    {
        if ((await statuses.Get(new OrderId(request.OrderId), context.AccessScope(), context.CancellationToken)).IsError(out var rejection, out var view))
            throw rejection.ToRpcException();
        return new GetOrderStatusResponse { OrderStatus = view.ToProto() };
    }

    public override async Task<ListOrderStatusesResponse> ListOrderStatuses(ListOrderStatusesRequest request, ServerCallContext context)
    {
        if (PageRequest.Of(request.PageSize, request.PageToken).IsError(out var rejection, out var page)
            || context.AccessScope().For(request.CustomerId, "customer_id").IsError(out rejection, out var named))
        {
            throw rejection.ToRpcException();
        }

        var customer = named.Length == 0 ? null : named;
        OrderId? before = page.After is { } number ? new OrderId(number) : null;
        var views = await statuses.Newest(customer, before, page.Size + 1, context.CancellationToken);
        return new ListOrderStatusesResponse
        {
            OrderStatuses = { views.Take(page.Size).Select(ViewMapping.ToProto) },
            NextPageToken = page.Next(views, static view => view.OrderId.Value),
        };
    }

    public override async Task WatchOrder(
        WatchOrderRequest request, IServerStreamWriter<WatchOrderResponse> responseStream, ServerCallContext context)
    {
        var watch = new WatchOrder(new OrderId(request.OrderId), request.HasAfterVersion ? request.AfterVersion : null);
        if (watching.Handle(watch).IsError(out var rejection, out var watched))
            throw rejection.ToRpcException();

        var reach = context.AccessScope();
        if (reach.Customer is not null
            && (await statuses.GetSoon(watch.OrderId, reach, WatchOrderHandler.Silence, clock, context.CancellationToken)).IsError(out rejection))
        {
            throw rejection.ToRpcException();
        }

        // A reader who is slow holds up its own enumeration alone: what happens meanwhile waits in the view's store.
        await foreach (var change in watched.Changes.WithCancellation(context.CancellationToken))
            await responseStream.WriteAsync(new WatchOrderResponse { OrderId = request.OrderId, Change = change.ToProto() }, context.CancellationToken);
    }
}
