using FoodDelivery.Payments;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Payment.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Payments.Grpc;

/// <summary>Payments, over gRPC.</summary>
internal sealed class GrpcPayments(
    ApprovePaymentHandler approve, RefundPaymentHandler refund, GetPaymentHandler get, ListPaymentsHandler list, IServiceProvider services)
    : PaymentService.PaymentServiceBase
{
    public override async Task<ApprovePaymentResponse> ApprovePayment(ApprovePaymentRequest request, ServerCallContext context)
    {
        var command = new ApprovePayment(new OrderId(request.OrderId), request.AmountWon, request.CustomerId, request.AttemptId);
        var approved = await approve.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new ApprovePaymentResponse { Payment = approved.ValueOrThrow().ToProto() };
    }

    public override async Task<RefundPaymentResponse> RefundPayment(RefundPaymentRequest request, ServerCallContext context)
    {
        var command = new RefundPayment(new OrderId(request.OrderId), request.Reason);
        var refunded = await refund.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new RefundPaymentResponse { Payment = refunded.ValueOrThrow().ToProto() };
    }

    public override async Task<RemoveCardResponse> RemoveCard(RemoveCardRequest request, ServerCallContext context)
    {
        var remove = services.GetService<RemoveCardHandler>()
            ?? throw new RpcException(new Status(StatusCode.Unimplemented, "The payment provider wants no cards registered."));
        (await remove.Handle(new RemoveCard(request.CustomerId), context.AccessScope(), context.CancellationToken)).ValueOrThrow();
        return new RemoveCardResponse();
    }

    public override async Task<GetPaymentResponse> GetPayment(GetPaymentRequest request, ServerCallContext context)
    {
        var found = await get.Handle(new PaymentId(request.PaymentId), context.AccessScope(), context.CancellationToken);
        return new GetPaymentResponse { Payment = found.ValueOrThrow().ToProto() };
    }

    public override async Task<ListPaymentsResponse> ListPayments(ListPaymentsRequest request, ServerCallContext context)
    {
        var page = PageRequest.Of(request.PageSize, request.PageToken).ValueOrThrow();
        var query = new ListPayments(
            request.HasOrderId ? new OrderId(request.OrderId) : null,
            request.CustomerId,
            page.After is { } number ? new PaymentId(number) : null,
            Skip: 0,
            page.Size + 1);
        var found = (await list.Handle(query, context.AccessScope(), context.CancellationToken)).ValueOrThrow().Payments;
        return new ListPaymentsResponse
        {
            Payments = { found.Take(page.Size).Select(Mapping.ToProto) },
            NextPageToken = page.Next(found, static payment => payment.Id.Value),
        };
    }
}
