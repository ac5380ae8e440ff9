using FoodDelivery.Adapters.Ordering.Messaging;
using FoodDelivery.Ordering;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Ordering.V1;
using Grpc.Core;

namespace FoodDelivery.Adapters.Ordering.Grpc;

/// <summary>Orders over gRPC: translation there and back, and no rule.</summary>
internal sealed class GrpcOrders(PlaceOrderHandler placing, CancelOrderHandler cancelling, GetOrderHandler getting, ListOrdersHandler listing)
    : OrderService.OrderServiceBase
{
    public override async Task<PlaceOrderResponse> PlaceOrder(PlaceOrderRequest request, ServerCallContext context)
    {
        var placed = await placing.Place(
            OrderRequests.Command(request, context), context.AccessScope(), OrderRequests.MessageContext(context), context.CancellationToken);
        return new PlaceOrderResponse { Order = OrderMessages.From(placed.ValueOrThrow()) };
    }

    public override async Task<GetOrderResponse> GetOrder(GetOrderRequest request, ServerCallContext context)
    {
        var found = await getting.Get(new OrderId(request.OrderId), context.AccessScope(), context.CancellationToken);
        return new GetOrderResponse { Order = OrderMessages.From(found.ValueOrThrow()) };
    }

    public override async Task<ListOrdersResponse> ListOrders(ListOrdersRequest request, ServerCallContext context)
    {
        var selection = OrderRequests.Selection(request, context.AccessScope()).ValueOrThrow();
        var page = (await listing.Handle(selection, context.CancellationToken)).ValueOrThrow();
        return new ListOrdersResponse
        {
            Orders = { page.Orders.Select(OrderMessages.From) },
            NextPageToken = page.HasMore ? PageRequest.TokenAfter(page.Orders[^1].Id.Value) : "",
        };
    }

    public override async Task<CancelOrderResponse> CancelOrder(CancelOrderRequest request, ServerCallContext context)
    {
        var command = new CancelOrder(new OrderId(request.OrderId), request.Reason);
        var asked = await cancelling.Cancel(
            command, getting, context.AccessScope(), OrderRequests.MessageContext(context), context.CancellationToken);
        return new CancelOrderResponse { Order = OrderMessages.From(asked.ValueOrThrow()) };
    }
}
