using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FoodDelivery.Ordering;
using FoodDelivery.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using OrderAttemptAbandoned = FoodDelivery.Protos.Ordering.V1.OrderAttemptAbandoned;
using OrderCancelled = FoodDelivery.Protos.Ordering.V1.OrderCancelled;
using OrderRejected = FoodDelivery.Protos.Ordering.V1.OrderRejected;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>
/// Calls a payment service of somebody else's, in plain JSON over HTTP:
/// <c>POST /payments {orderId, amount, customerId, attemptId}</c> → <c>{paymentId, status: approved|declined, reason}</c>, once for an order;
/// <c>POST /payments/{orderId}/refund {reason, attemptId}</c> → <c>{status: refunded|voided}</c>: whatever was paid goes back, and nothing can be paid any more.
/// Both answer 409, and do nothing, where another <c>attemptId</c> than the one that is named has paid under the number. Both carry an
/// <c>Idempotency-Key</c> and may be repeated. Any other answer is none.
/// </summary>
internal sealed class HttpPayments(HttpClient http) : IPaymentCall
{
    public async Task<Result<long>> Approve(OrderAttempt attempt, CancellationToken cancellation)
    {
        var (order, details) = (attempt.Id, attempt.Request.Details);
        var body = new { OrderId = order.Value, Amount = details.Total.Won, CustomerId = details.Customer, attempt.AttemptId };
        try
        {
            // A key is answered with what it was answered before: a number that is given out again must not bring its old key along.
            var answer = await Post("/payments", Key($"order-{order}", attempt.AttemptId), body, cancellation);
            return answer switch
            {
                { Status: "approved", PaymentId: > 0 } => answer.PaymentId,
                { Status: "declined" } => PaymentErrors.Declined(answer.Reason ?? ""),
                _ => PaymentErrors.Unavailable(),
            };
        }
        catch (HttpRequestException refused) when (refused.StatusCode is HttpStatusCode.Conflict)
        {
            return PaymentErrors.NumberTaken(order);
        }
    }

    /// <summary>Sends back what was paid for the order, by that attempt where one is named; false if nothing was.</summary>
    /// <exception cref="HttpRequestException">It is not clear whether it went back: to be repeated.</exception>
    public async Task<bool> Refund(OrderId order, string reason, string attempt, CancellationToken cancellation)
    {
        try
        {
            var answer = await Post(
                $"/payments/{order}/refund", Key($"refund-{order}", attempt), new { Reason = reason, AttemptId = attempt }, cancellation);
            return answer.Status switch
            {
                "refunded" => true,
                "voided" => false,
                _ => throw new HttpRequestException($"The payment service answered '{answer.Status}' to a refund."),
            };
        }
        catch (HttpRequestException another) when (another.StatusCode is HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    private static string Key(string key, string attempt) => attempt.Length == 0 ? key : $"{key}-{attempt}";

    private async Task<Answer> Post<TBody>(string path, string key, TBody body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body, options: JsonSerializerOptions.Web),
            Headers = { { "Idempotency-Key", key } },
        };
        using var response = await http.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        try
        {
            return await response.Content.ReadFromJsonAsync<Answer>(JsonSerializerOptions.Web, cancellation) ?? new Answer(0, "", "");
        }
        catch (JsonException unreadable)
        {
            throw new HttpRequestException("The payment service answered what is no payment.", unreadable);
        }
    }

    private sealed record Answer(long PaymentId, string? Status, string? Reason);
}

/// <summary>
/// Sends money back on behalf of a payment service that does not follow the orders by itself. While that is down the consumer tries again; a refund that
/// was asked for twice is the same refund.
/// </summary>
internal sealed class RefundConsumer(HttpPayments payments, PaymentEventsHandler following)
{
    private const string Consumer = "ordering-refunds";

    public static void AddTo(IServiceCollection services) => services.AddSingleton<RefundConsumer>().AddConsumer(Consumer, Topics.Ordering, static handlers => handlers
        .On<OrderRejected>(static (services, data, received, cancellation) =>
            services.GetRequiredService<RefundConsumer>().Handle(new OrderId(data.OrderId), data.Reason, "", received.MessageContext, cancellation))
        .On<OrderCancelled>(static (services, data, received, cancellation) =>
            services.GetRequiredService<RefundConsumer>().Handle(new OrderId(data.OrderId), data.Reason, "", received.MessageContext, cancellation))
        .On<OrderAttemptAbandoned>(static (services, data, received, cancellation) =>
            services.GetRequiredService<RefundConsumer>().Handle(new OrderId(data.OrderId), "", data.AttemptId, received.MessageContext, cancellation)));

    private async Task Handle(OrderId order, string reason, string attempt, MessageContext cause, CancellationToken cancellation)
    {
        if (await payments.Refund(order, reason, attempt, cancellation))
            await following.Handle(new PaymentRefunded(order, reason), cause, cancellation);
    }
}
