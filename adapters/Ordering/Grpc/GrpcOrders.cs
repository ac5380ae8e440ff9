using FoodDelivery.Ordering;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Ordering.V1;
using Grpc.Core;

namespace FoodDelivery.Adapters.Ordering.Grpc;

/// <summary>Orders over gRPC: translation there and back, and no rule.</summary>
internal sealed class GrpcOrders(
    PlaceOrderHandler placing, CancelOrderHandler cancelling, GetOrderHandler getting, ListOrdersHandler listing, EraseCustomerHandler erasing)
    : OrderService.OrderServiceBase
{
    public override async Task<PlaceOrderResponse> PlaceOrder(PlaceOrderRequest request, ServerCallContext context)
    {
        var placed = await placing.Handle(
            request.ToCommand(context), context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new PlaceOrderResponse { Order = placed.ValueOrThrow().ToProto() };
    }

    public override async Task<GetOrderResponse> GetOrder(GetOrderRequest request, ServerCallContext context)
    {
        var found = await getting.Handle(new OrderId(request.OrderId), context.AccessScope(), context.CancellationToken);
        return new GetOrderResponse { Order = found.ValueOrThrow().ToProto() };
    }

    public override async Task<ListOrdersResponse> ListOrders(ListOrdersRequest request, ServerCallContext context)
    {
        var asked = PageRequest.Of(request.PageSize, request.PageToken).ValueOrThrow();
        OrderId? before = asked.After is { } number ? new OrderId(number) : null;
        var query = new ListOrders(request.CustomerId, before, Skip: 0, asked.Size);
        var page = (await listing.Handle(query, context.AccessScope(), context.CancellationToken)).ValueOrThrow();
        return new ListOrdersResponse
        {
            Orders = { page.Orders.Select(Mapping.ToProto) },
            NextPageToken = page.HasMore ? PageRequest.TokenAfter(page.Orders[^1].Id.Value) : "",
        };
    }

    public override async Task<CancelOrderResponse> CancelOrder(CancelOrderRequest request, ServerCallContext context)
    {
        var command = new CancelOrder(new OrderId(request.OrderId), request.Reason);
        var asked = await cancelling.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new CancelOrderResponse { Order = asked.ValueOrThrow().ToProto() };
    }

    public override async Task<EraseCustomerResponse> EraseCustomer(EraseCustomerRequest request, ServerCallContext context)
    {
        var command = new EraseCustomer(request.CustomerId);
        (await erasing.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken)).ValueOrThrow();
        return new EraseCustomerResponse();
    }
}
