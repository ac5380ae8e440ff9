using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Protos.Store.V1;
using Grpc.Core;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>Reads what a gRPC answer says about what exists now.</summary>
internal static class RpcAcceptance
{
    public static void Note(Accepted accepted, string path, RpcReply reply)
    {
        if (reply.Declined is { } declined)
            accepted.Decline(declined);
        if (reply.Code != StatusCode.OK || reply.Message.Length == 0)
            return;
        if (path.EndsWith("/PlaceOrder", StringComparison.Ordinal))
            accepted.Order(PlaceOrderResponse.Parser.ParseFrom(reply.Message).Order.OrderId);
        else if (path.EndsWith("/ApprovePayment", StringComparison.Ordinal))
            accepted.Payment(ApprovePaymentResponse.Parser.ParseFrom(reply.Message).Payment.OrderId);
        else if (path.EndsWith("/UpdateMenu", StringComparison.Ordinal))
            accepted.Menu(UpdateMenuResponse.Parser.ParseFrom(reply.Message).Menu.Revision);
    }
}
