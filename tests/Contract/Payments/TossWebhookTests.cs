using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Toss;

namespace FoodDelivery.Tests.Contract.Payments;

/// <summary>What Toss Payments, or somebody who says so, tells of payments: never believed, looked up instead.</summary>
public sealed class TossWebhookTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "webhook-secret-0001";
    private const string SentAt = "2026-11-20T12:00:00+09:00";

    private readonly DataFolder _data = new();
    private readonly HttpClient _http = new();
    private TossStub _toss = null!;
    private RunningPay _pay = null!;

    public async Task InitializeAsync()
    {
        _toss = await TossStub.Start();
        _toss.Books.Age = TimeSpan.FromHours(1);
        _pay = await RunningPay.In(
            _data.Path,
            "--environment",
            "Production",
            "--Pay:Provider=Toss",
            $"--Pay:Toss:Address={_toss.Address}",
            $"--Pay:Toss:SecretKey={TossStub.SecretKey}",
            $"--Pay:Toss:WebhookSecret={Secret}",
            "--Pay:Reconciliation:Interval=0:00:00",
            $"--Pay:CardKeys={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}");
        (await _pay.Rest.Put("/cards/kim", new { customerKey = "kim-0001", authKey = "auth_1" })).Expect(204);
        Assert.Equal(PaymentStatus.Approved, (await _pay.Approve(order: 7)).Status);
    }

    [Theory]
    [InlineData("PAYMENT_STATUS_CHANGED", true)]
    [InlineData("PAYMENT_STATUS_CHANGED", false)]
    [InlineData("CANCEL_STATUS_CHANGED", false)]
    public async Task A_refund_by_hand_is_recorded_once_however_often_it_is_told(string happened, bool byOrder)
    {
        _toss.Books.CancelByHand(Booked.Order);

        for (var times = 0; times < 3; times++)
            Assert.Equal(HttpStatusCode.OK, await Tell(Event(happened, "CANCELED", byOrder)));

        Assert.Equal("refunded", await _pay.Status(7));
        await Eventually.Holds(() =>
        {
            Assert.Equal(["PaymentApproved", "PaymentRefunded"], Published(7));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Events_out_of_order_change_nothing_that_the_books_do_not_say()
    {
        _toss.Books.CancelByHand(Booked.Order);
        Assert.Equal(HttpStatusCode.OK, await Tell(Event("CANCEL_STATUS_CHANGED", "CANCELED")));
        Assert.Equal(HttpStatusCode.OK, await Tell(Event("PAYMENT_STATUS_CHANGED", "DONE")));
        Assert.Equal(HttpStatusCode.OK, await Tell(Event("PAYMENT_STATUS_CHANGED", "IN_PROGRESS")));

        Assert.Equal("refunded", await _pay.Status(7));
        Assert.Equal(1, Booked.Cancels);
    }

    [Fact]
    public async Task A_forged_event_moves_no_money()
    {
        Assert.Equal(HttpStatusCode.OK, await Tell(Event("PAYMENT_STATUS_CHANGED", "CANCELED")));
        Assert.Equal(HttpStatusCode.OK, await Tell(Event("PAYMENT_STATUS_CHANGED", "ABORTED", byOrder: false)));
        Assert.Equal(HttpStatusCode.OK, await Tell(Event("PAYMENT_STATUS_CHANGED", "DONE").Replace($"{Booked.Order}", $"{Booked.Order}1", StringComparison.Ordinal)));
        var asked = _toss.Requests.Count;
        Assert.Equal(HttpStatusCode.OK, await Tell("""{"eventType":"PAYMENT_STATUS_CHANGED","data":{"orderId":"food-another-7","paymentKey":"pay_1"} }"""));
        Assert.Equal(HttpStatusCode.OK, await Tell("""{"eventType":"METHOD_UPDATED","data":{"paymentKey":"pay_1"} }"""));

        Assert.Equal(("approved", true, asked), (await _pay.Status(7), Booked.IsHeld, _toss.Requests.Count));
        Assert.DoesNotContain("PaymentRefunded", Published(7));
    }

    [Fact]
    public async Task A_charge_that_nobody_knows_goes_back_unless_it_may_be_under_way()
    {
        var unknown = $"{Booked.Order[..(Booked.Order.LastIndexOf('-') + 1)]}9";
        var young = unknown[..^1] + "10";
        _toss.Books.ChargeByHand(unknown, 5_000);
        _toss.Books.Age = TimeSpan.Zero;
        _toss.Books.ChargeByHand(young, 5_000);

        foreach (var order in new[] { unknown, young })
            Assert.Equal(HttpStatusCode.OK, await Tell($$"""{"eventType":"PAYMENT_STATUS_CHANGED","data":{"orderId":"{{order}}"} }"""));

        await Eventually.Holds(async () => Assert.Equal("refunded", await _pay.Status(9)));
        Assert.Equal([(unknown, false), (young, true)], _toss.Books.Entries.Skip(1).Select(static entry => (entry.Order, entry.IsHeld)));
    }

    [Fact]
    public async Task A_wrong_signature_is_refused_and_a_right_one_among_several_is_not()
    {
        var body = Event("PAYMENT_STATUS_CHANGED", "CANCELED");
        var right = Signature(Secret, body);
        _toss.Books.CancelByHand(Booked.Order);

        foreach (var wrong in new[] { Signature("another", body), Signature(Secret, body + " "), "v1:", "v1:%%%", right[3..], "v2:" + right[3..], "v1:" + new string('A', 4_000) })
            Assert.Equal(HttpStatusCode.Unauthorized, await Tell(body, wrong));
        Assert.Equal(HttpStatusCode.Unauthorized, await Tell(body, right, sentAt: "2026-11-20T12:00:01+09:00"));
        Assert.Equal("approved", await _pay.Status(7));

        Assert.Equal(HttpStatusCode.OK, await Tell(body, $"{Signature("the one before", body)},{right}"));
        Assert.Equal("refunded", await _pay.Status(7));
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

        _toss.Fault = static _ => TossFault.ErrorBefore;
        using var answer = await Send(Event("PAYMENT_STATUS_CHANGED", "CANCELED"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Tell(Event("PAYMENT_STATUS_CHANGED", "CANCELED", byOrder: false)));
    }

    public async Task DisposeAsync()
    {
        await _pay.DisposeAsync();
        await _toss.DisposeAsync();
    }

    public void Dispose()
    {
        _http.Dispose();
        _data.Dispose();
    }

    private TossBooks.Entry Booked => _toss.Books.Entries[0];

    private static string Signature(string secret, string body) =>
        $"v1:{Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{body}:{SentAt}")))}";

    private string Event(string happened, string status, bool byOrder = true) => byOrder
        ? $$"""{"eventType":"{{happened}}","createdAt":"{{SentAt}}","data":{"paymentKey":"{{Booked.PaymentKey}}","orderId":"{{Booked.Order}}","status":"{{status}}"} }"""
        : $$"""{"eventType":"{{happened}}","createdAt":"{{SentAt}}","data":{"paymentKey":"{{Booked.PaymentKey}}","status":"{{status}}"} }""";

    private IEnumerable<string> Published(long order) => _pay.Published(order).Select(static one => one.Type[(one.Type.LastIndexOf('.') + 1)..]);

    private async Task<HttpStatusCode> Tell(string body, string? signature = null, string sentAt = SentAt)
    {
        using var answer = await Send(body, signature, sentAt);
        return answer.StatusCode;
    }

    // Without any token.
    private async Task<HttpResponseMessage> Send(string body, string? signature = null, string sentAt = SentAt)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_pay.App.Urls.First()}/webhooks/toss");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (signature is not null)
        {
            request.Headers.Add("tosspayments-webhook-signature", signature);
            request.Headers.Add("tosspayments-webhook-transmission-time", sentAt);
        }

        return await _http.SendAsync(request);
    }
}
