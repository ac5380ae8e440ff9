using System.ComponentModel;
using FoodDelivery.Payments;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Adapters.Payments.Rest;

/// <summary>What can be asked for by <c>action</c>.</summary>
internal sealed class PaymentActions(ConfirmPaymentHandler confirming, RefundPaymentHandler refunding)
{
    public const string Apply = "apply";
    public const string Cancel = "cancel";

    // As one of the systems that testers know spells it.
    private const string Misspelt = "cancle";

    public async Task<IResult> Act(HttpContext context, CancellationToken cancellation)
    {
        if (IdempotencyKey.From(context.Request).IsError(out var rejection)
            || (await RequestBody.Read(context)).IsError(out rejection, out var body)
            || !body.TryInteger(out var order, out rejection, "orderId", "주문번호")
            || !body.TryInteger(out var price, out rejection, "price", "가격")
            || !body.TryText(out var reason, out rejection, "reason", "사유")
            || !body.TryText(out var action, out rejection, "action"))
        {
            return rejection.ToProblem();
        }

        if (order is not { } number)
            return Error.Invalid("orderId", "orderId must be the order's number.").ToProblem();

        var answer = action?.Trim().ToLowerInvariant() switch
        {
            Apply => await confirming.Handle(new ConfirmPayment(new OrderId(number), price), context.AccessScope(), cancellation),
            Cancel or Misspelt => await refunding.Handle(
                new RefundPayment(new OrderId(number), reason ?? ""), context.AccessScope(), context.MessageContext(), cancellation),
            _ => Error.Invalid("action", $"action must be {Apply} or {Cancel}."),
        };
        return answer.ToResult(payment => Located(context, payment));
    }

    private static HalResource Located(HttpContext context, Payment payment)
    {
        context.Response.Headers.Location = PaymentAnswer.Path(payment);
        return PaymentAnswer.Resource(payment);
    }
}

/// <summary>The body that names an action.</summary>
internal sealed record PaymentActionBody(
    long OrderId,
    [property: Description("The whole amount in won; another than was paid is a conflict")] long? Price,
    [property: Description("apply or cancel")] string Action,
    [property: Description("Why it is cancelled")] string? Reason);
