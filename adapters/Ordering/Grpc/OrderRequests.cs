using FoodDelivery.Ordering;
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
}
