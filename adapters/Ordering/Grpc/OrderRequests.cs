using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Ordering.V1;
using Grpc.Core;
using OrderItem = FoodDelivery.Ordering.OrderItem;

namespace FoodDelivery.Adapters.Ordering.Grpc;

/// <summary>What a request's message asks for; zero and the empty text mean what the contract's comments say.</summary>
internal static class OrderRequests
{
    public static PlaceOrder Command(PlaceOrderRequest request, ServerCallContext context) => new(
        [.. request.Items.Select(static item => new OrderItem(
            item.Item, item.Quantity == 0 ? 1 : item.Quantity, item.HasUnitPriceWon ? item.UnitPriceWon : null))],
        request.HasStoreId ? new StoreId(request.StoreId) : null,
        request.CustomerId,
        request.Address,
        request.MembershipNumber,
        request.RequestId.Length == 0 ? null : new RequestKey(Caller.Of(context.GetHttpContext()), request.RequestId));

    public static MessageContext MessageContext(ServerCallContext context) => context.MessageContext();

    public static Result<OrderSelection> Selection(ListOrdersRequest request, AccessScope reach)
    {
        if (PageRequest.Of(request.PageSize, request.PageToken).IsError(out var refusal, out var page) || reach.For(request.CustomerId, "customer_id").IsError(out refusal, out var customer))
            return refusal;

        OrderId? before = page.After is { } number ? new OrderId(number) : null;
        return new OrderSelection(customer.Length == 0 ? null : customer, before, Skip: 0, page.Size);
    }
}
