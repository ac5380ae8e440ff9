using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Toss;

namespace FoodDelivery.Tests.Contract.Payments;

/// <summary>What Toss Payments, or somebody who says so, tells of payments: never believed, looked up instead.</summary>
public sealed class TossWebhookTests : TossPayment
{
    private const string Secret = "webhook-secret-0001";
    private const string SentAt = "2026-11-20T12:00:00+09:00";

    private readonly HttpClient _http = new();

    public TossWebhookTests()
        : base($"--Pay:Toss:WebhookSecret={Secret}", "--Pay:Reconciliation:Interval=0:00:00")
    {
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await PayFor7AnHourAgo();
    }

    [Theory]
    [InlineData("PAYMENT_STATUS_CHANGED", true)]
    [InlineData("PAYMENT_STATUS_CHANGED", false)]
    [InlineData("CANCEL_STATUS_CHANGED", false)]
    public async Task A_refund_by_hand_is_recorded_once_however_often_it_is_told(string happened, bool byOrder)
    {
        Toss.Books.CancelByHand(Booked.Order);

        for (var times = 0; times < 3; times++)
            Assert.Equal(HttpStatusCode.OK, await Tell(Event(happened, "CANCELED", byOrder)));

        Assert.Equal("refunded", await Pay.Status(7));
        await HasPublished(7, "PaymentApproved", "PaymentRefunded");
    }

    [Fact]
    public async Task Events_out_of_order_change_nothing_that_the_books_do_not_say()
    {
        Toss.Books.CancelByHand(Booked.Order);
        Assert.Equal(HttpStatusCode.OK, await Tell(Event("CANCEL_STATUS_CHANGED", "CANCELED")));
        Assert.Equal(HttpStatusCode.OK, await Tell(Event("PAYMENT_STATUS_CHANGED", "DONE")));
        Assert.Equal(HttpStatusCode.OK, await Tell(Event("PAYMENT_STATUS_CHANGED", "IN_PROGRESS")));

        Assert.Equal("refunded", await Pay.Status(7));
        Assert.Equal(1, Booked.Cancels);
    }

    [Fact]
    public async Task A_forged_event_moves_no_money()
    {
        Assert.Equal(HttpStatusCode.OK, await Tell(Event("PAYMENT_STATUS_CHANGED", "CANCELED")));
        Assert.Equal(HttpStatusCode.OK, await Tell(Event("PAYMENT_STATUS_CHANGED", "ABORTED", byOrder: false)));
        Assert.Equal(HttpStatusCode.OK, await Tell(Event("PAYMENT_STATUS_CHANGED", "DONE").Replace($"{Booked.Order}", $"{Booked.Order}1", StringComparison.Ordinal)));
        var asked = Toss.Requests.Count;
        Assert.Equal(HttpStatusCode.OK, await Tell("""{"eventType":"PAYMENT_STATUS_CHANGED","data":{"orderId":"food-another-7","paymentKey":"pay_1"} }"""));
        Assert.Equal(HttpStatusCode.OK, await Tell("""{"eventType":"METHOD_UPDATED","data":{"paymentKey":"pay_1"} }"""));

        Assert.Equal(("approved", true, asked), (await Pay.Status(7), Booked.IsHeld, Toss.Requests.Count));
        Assert.DoesNotContain("PaymentRefunded", Published(7));
    }

    [Theory]
    [InlineData("""{"eventType":"CANCEL_STATUS_CHANGED","createdAt":"2024-02-13T12:20:23.000000","data":{"transactionKey":"090A796806E726BBB929F4A2CA7DB9A7","cancelReason":"테스트 결제 취소","canceledAt":"2024-02-13T12:20:23+09:00","cancelAmount":1000,"refundableAmount":0,"cancelStatus":"DONE","cancelRequestId":null} }""")]
    [InlineData("""{"eventType":"BILLING_DELETED","createdAt":"2024-12-01T00:00:00.000000","data":{"billingKey":"wm60xF900HXZRzReBluSSgJriVX7d7rS0oyslw4zRwg","reason":null} }""")]
    [InlineData("""{"eventType":"payout.changed","createdAt":"2024-08-08T09:00:00+09:00","version":"2022-11-16","eventId":"1","entityType":"payout","entityBody":{"id":"FPA_12345","amount":{"currency":"KRW","value":5000.0} } }""")]
    [InlineData("""{"createdAt":"2022-01-01T00:00:00.000000","secret":"s","status":"DONE","transactionKey":"9FF15E1A29D0E77C218F57262BFA4986","orderId":"o-123456","eventType":"DEPOSIT_CALLBACK"}""")]
    public async Task A_documented_event_that_names_no_payment_is_taken_and_nobody_is_asked(string body)
    {
        var asked = Toss.Requests.Count;

        Assert.Equal(HttpStatusCode.OK, await Tell(body));

        Assert.Equal(("approved", asked), (await Pay.Status(7), Toss.Requests.Count));
    }

    [Fact]
    public async Task A_payment_of_the_merchants_in_another_currency_is_its_own_business()
    {
        Toss.Books.ChargeAbroad("shop-abroad-1", 15.99m);

        Assert.Equal(HttpStatusCode.OK, await Tell($$"""{"eventType":"PAYMENT_STATUS_CHANGED","data":{"paymentKey":"{{Toss.Books.Entries[^1].PaymentKey}}"} }"""));

        Assert.True(Toss.Books.Entries[^1].IsHeld);
    }

    [Fact]
    public async Task A_charge_that_nobody_knows_goes_back_unless_it_may_be_under_way()
    {
        var (unknown, young) = (Number(9), Number(10));
        Toss.Books.ChargeByHand(unknown, 5_000);
        Toss.Books.Age = TimeSpan.Zero;
        Toss.Books.ChargeByHand(young, 5_000);

        foreach (var order in new[] { unknown, young })
            Assert.Equal(HttpStatusCode.OK, await Tell($$"""{"eventType":"PAYMENT_STATUS_CHANGED","data":{"orderId":"{{order}}"} }"""));

        await Eventually.Holds(async () => Assert.Equal("refunded", await Pay.Status(9)));
        Assert.Equal([(unknown, false), (young, true)], Toss.Books.Entries.Skip(1).Select(static entry => (entry.Order, entry.IsHeld)));
    }

    [Fact]
    public async Task A_wrong_signature_is_refused_and_a_right_one_among_several_is_not()
    {
        var body = Event("PAYMENT_STATUS_CHANGED", "CANCELED");
        var right = Signature(Secret, body);
        Toss.Books.CancelByHand(Booked.Order);

        foreach (var wrong in new[] { Signature("another", body), Signature(Secret, body + " "), "v1:", "v1:%%%", right[3..], "v2:" + right[3..], "v1:" + new string('A', 4_000) })
            Assert.Equal(HttpStatusCode.Unauthorized, await Tell(body, wrong));
        Assert.Equal(HttpStatusCode.Unauthorized, await Tell(body, right, sentAt: "2026-11-20T12:00:01+09:00"));
        Assert.Equal("approved", await Pay.Status(7));

        Assert.Equal(HttpStatusCode.OK, await Tell(body, $"{Signature("the one before", body)},{right}"));
        Assert.Equal("refunded", await Pay.Status(7));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "body")]
    [InlineData("[]", HttpStatusCode.BadRequest, "body")]
    [InlineData("{\"eventType\":", HttpStatusCode.BadRequest, "body")]
    [InlineData("{}", HttpStatusCode.BadRequest, "eventType")]
    [InlineData("{\"eventType\":\"PAYMENT_STATUS_CHANGED\"}", HttpStatusCode.BadRequest, "data")]
    [InlineData("{\"eventType\":\"PAYMENT_STATUS_CHANGED\",\"data\":{\"paymentKey\":\"..\"}}", HttpStatusCode.BadRequest, "data.paymentKey")]
    public async Task What_is_no_event_is_refused_by_its_field(string body, HttpStatusCode status, string field)
    {
        using var answer = await Send(body);

        Assert.Equal(status, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(field, problem.RootElement.GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_large_body_is_refused_and_while_the_provider_is_silent_the_event_is_to_be_sent_again()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Tell($$"""{"eventType":"{{new string('x', 70_000)}}"}"""));

        Toss.Fault = static _ => TossFault.ErrorBefore;
        using var answer = await Send(Event("PAYMENT_STATUS_CHANGED", "CANCELED"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Tell(Event("PAYMENT_STATUS_CHANGED", "CANCELED", byOrder: false)));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _http.Dispose();
        base.Dispose(disposing);
    }

    private static string Signature(string secret, string body) =>
        $"v1:{Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{body}:{SentAt}")))}";

    // As documented, with what is not read.
    private string Event(string happened, string status, bool byOrder = true) => $$"""
        {
          "eventType": "{{happened}}",
          "createdAt": "2022-01-01T00:00:00.000000",
          "data": {
            "mId": "tosspayments",
            "version": "2022-11-16",
            "lastTransactionKey": "B7103F204998813B889C77C043D09502",
            "paymentKey": "{{Booked.PaymentKey}}",
            {{(byOrder ? $"\"orderId\": \"{Booked.Order}\"," : "")}}
            "status": "{{status}}",
            "requestedAt": "2022-08-05T12:56:00+09:00",
            "approvedAt": "2022-08-05T12:56:21+09:00",
            "useEscrow": false,
            "card": { "issuerCode": "61", "acquirerCode": "31", "number": "48902300****406*", "installmentPlanMonths": 0, "amount": 10000 }
          }
        }
        """;

    private async Task<HttpStatusCode> Tell(string body, string? signature = null, string sentAt = SentAt)
    {
        using var answer = await Send(body, signature, sentAt);
        return answer.StatusCode;
    }

    // Without any token.
    private async Task<HttpResponseMessage> Send(string body, string? signature = null, string sentAt = SentAt)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Pay.App.Urls.First()}/webhooks/toss");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (signature is not null)
        {
            request.Headers.Add("tosspayments-webhook-signature", signature);
            request.Headers.Add("tosspayments-webhook-transmission-time", sentAt);
        }

        return await _http.SendAsync(request);
    }
}
