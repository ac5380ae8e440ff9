using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Payment.V1;
using Grpc.Core;

namespace FoodDelivery.Adapters.Payments.Grpc;

/// <summary>Payments, over gRPC.</summary>
internal sealed class GrpcPayments(ApprovePaymentHandler approving, RefundPaymentHandler refunding, IPayments payments, IPaymentHistory history)
    : PaymentService.PaymentServiceBase
{
    public override async Task<ApprovePaymentResponse> ApprovePayment(ApprovePaymentRequest request, ServerCallContext context)
    {
        var command = new ApprovePayment(new OrderId(request.OrderId), request.AmountWon, request.CustomerId);
        return new ApprovePaymentResponse { Payment = Answer(await approving.Handle(command, MessageContext(context), context.CancellationToken)) };
    }

    public override async Task<RefundPaymentResponse> RefundPayment(RefundPaymentRequest request, ServerCallContext context)
    {
        var command = new RefundPayment(new OrderId(request.OrderId), request.Reason);
        return new RefundPaymentResponse { Payment = Answer(await refunding.Handle(command, MessageContext(context), context.CancellationToken)) };
    }

    public override async Task<GetPaymentResponse> GetPayment(GetPaymentRequest request, ServerCallContext context) =>
        await payments.Find(new PaymentId(request.PaymentId), context.CancellationToken) is { } payment
        && context.AccessScope().CoversCustomer(payment.State.Payer)
            ? new GetPaymentResponse { Payment = PaymentMessages.Of(payment) }
            : throw Error.NotFound("payment", request.PaymentId).ToRpcException();

    public override async Task<ListPaymentsResponse> ListPayments(ListPaymentsRequest request, ServerCallContext context)
    {
        var page = PageRequest.Of(request.PageSize, request.PageToken).ValueOrThrow();
        var payer = context.AccessScope().For(request.CustomerId, "customer_id").ValueOrThrow();
        PaymentId? before = page.After is { } number ? new PaymentId(number) : null;
        var found = await history.List(
            request.HasOrderId ? new OrderId(request.OrderId) : null, payer.OrNull(), before, skip: 0, page.Size + 1, context.CancellationToken);
        return new ListPaymentsResponse { Payments = { found.Take(page.Size).Select(PaymentMessages.Of) }, NextPageToken = page.Next(found, static payment => payment.Id.Value) };
    }

    private static MessageContext MessageContext(ServerCallContext context) => context.MessageContext();

    private static Protos.Payment.V1.Payment Answer(Result<FoodDelivery.Payments.Payment> outcome) =>
        outcome.IsError(out var rejection, out var payment)
            ? throw (rejection with { Field = PaymentMessages.FieldOf(rejection) }).ToRpcException()
            : PaymentMessages.Of(payment);
}
