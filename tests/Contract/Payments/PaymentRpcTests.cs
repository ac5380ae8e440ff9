using FoodDelivery.Protos.Payment.V1;
using Google.Rpc;
using Grpc.Core;
using RichStatus = Google.Rpc.Status;

namespace FoodDelivery.Tests.Contract.Payments;

public sealed class PaymentRpcTests : PayTests
{
    [Fact]
    public async Task Many_who_pay_for_the_same_order_at_once_get_one_payment()
    {
        var payments = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Pay.Approve(order: 7)));

        Assert.Single(payments.Distinct());
        Assert.Equal(PaymentStatus.Approved, payments[0].Status);
        Assert.Single(Pay.Grpc.ListPayments(new ListPaymentsRequest()).Payments);
    }

    [Fact]
    public async Task A_declined_card_is_an_answer()
    {
        var payment = await Pay.Approve(order: 7, won: 2_000_000);

        Assert.Equal((PaymentStatus.Declined, 2_000_000), (payment.Status, payment.AmountWon));
        Assert.NotEmpty(payment.Reason);
    }

    [Fact]
    public async Task A_payment_can_be_read_by_its_number()
    {
        var payment = await Pay.Approve(order: 7);

        Assert.Equal(payment, (await Pay.Grpc.GetPaymentAsync(new GetPaymentRequest { PaymentId = payment.PaymentId }, deadline: RunningPay.Soon)).Payment);
        Assert.Equal(StatusCode.NotFound, (await Refusal(() => Pay.Grpc.GetPaymentAsync(new GetPaymentRequest { PaymentId = 99 }))).Status.StatusCode);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_overlap()
    {
        for (var order = 1; order <= 5; order++)
            await Pay.Approve(order);

        List<long> orders = [];
        var token = "";
        do
        {
            var page = await Pay.Grpc.ListPaymentsAsync(new ListPaymentsRequest { PageSize = 2, PageToken = token }, deadline: RunningPay.Soon);
            orders.AddRange(page.Payments.Select(static payment => payment.OrderId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal([5, 4, 3, 2, 1], orders);
    }

    [Fact]
    public async Task Refusals_name_the_field_by_its_proto_name()
    {
        await Pay.Approve(order: 7, won: 18_000);

        Assert.Equal("amount_won", await Field(() => Pay.Grpc.ApprovePaymentAsync(new ApprovePaymentRequest { OrderId = 8 })));
        Assert.Equal("order_id", await Field(() => Pay.Grpc.ApprovePaymentAsync(new ApprovePaymentRequest { AmountWon = 1 })));
        Assert.Equal("reason", await Field(() => Pay.Grpc.RefundPaymentAsync(new RefundPaymentRequest { OrderId = 7, Reason = "\u001b" })));
        Assert.Equal("customer_id", await Field(() => Pay.Grpc.ListPaymentsAsync(new ListPaymentsRequest { CustomerId = "a\0b" })));
        Assert.Equal("page_size", await Field(() => Pay.Grpc.ListPaymentsAsync(new ListPaymentsRequest { PageSize = -1 })));
        Assert.Equal("page_token", await Field(() => Pay.Grpc.ListPaymentsAsync(new ListPaymentsRequest { PageToken = "not one of ours" })));
        Assert.Equal("attempt_id", await Field(() => Pay.Grpc.ApprovePaymentAsync(new ApprovePaymentRequest { OrderId = 8, AmountWon = 1, AttemptId = "a b" })));
        var (status, info) = await Refusal(() => Pay.Grpc.ApprovePaymentAsync(new ApprovePaymentRequest { OrderId = 7, AmountWon = 1, CustomerId = "kim" }));
        Assert.Equal((StatusCode.FailedPrecondition, "AMOUNT_DIFFERS", "18000"), (status.StatusCode, info.Reason, info.Metadata["expected"]));
        (status, info) = await Refusal(() => Pay.Grpc.ApprovePaymentAsync(new ApprovePaymentRequest { OrderId = 7, AmountWon = 18_000, CustomerId = "lee" }));
        Assert.Equal((StatusCode.FailedPrecondition, "PAYMENT_OF_ANOTHER_ATTEMPT"), (status.StatusCode, info.Reason));
    }

    [Fact]
    public async Task A_refund_repeated_is_the_same_refund()
    {
        await Pay.Approve(order: 7);

        var first = (await Pay.Grpc.RefundPaymentAsync(new RefundPaymentRequest { OrderId = 7, Reason = "spilt" }, deadline: RunningPay.Soon)).Payment;
        var second = (await Pay.Grpc.RefundPaymentAsync(new RefundPaymentRequest { OrderId = 7 }, deadline: RunningPay.Soon)).Payment;

        Assert.Equal(PaymentStatus.Refunded, first.Status);
        Assert.Equal(first, second);
        Assert.Equal(StatusCode.NotFound, (await Refusal(() => Pay.Grpc.RefundPaymentAsync(new RefundPaymentRequest { OrderId = 8 }))).Status.StatusCode);
    }

    private static async Task<string> Field<T>(Func<AsyncUnaryCall<T>> call) => Details(await Fails(call)).Details[1].Unpack<BadRequest>().FieldViolations.Single().Field;

    private static async Task<(Grpc.Core.Status Status, ErrorInfo Info)> Refusal<T>(Func<AsyncUnaryCall<T>> call)
    {
        var refusal = await Fails(call);
        return (refusal.Status, Details(refusal).Details[0].Unpack<ErrorInfo>());
    }

    private static Task<RpcException> Fails<T>(Func<AsyncUnaryCall<T>> call) => Assert.ThrowsAsync<RpcException>(async () => await call());

    private static RichStatus Details(RpcException refusal) => RichStatus.Parser.ParseFrom(refusal.Trailers.GetValueBytes("grpc-status-details-bin"));
}
