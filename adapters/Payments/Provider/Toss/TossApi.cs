using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>
/// The requests of the core API (https://docs.tosspayments.com/reference) that are needed here. Each POST has an idempotency key: repeated, it is
/// answered as it was the first time, errors included. Neither paths nor headers are logged or traced: a card's key stands in the one, the
/// merchant's in the other.
/// </summary>
internal sealed partial class TossApi : IDisposable
{
    private const int MaxAnswerBytes = 256 * 1024;

    private readonly HttpClient _http;
    private readonly ILogger<TossApi> _log;

    public TossApi(TossOptions settings, ILogger<TossApi> log)
    {
        _log = log;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = settings.Proxy,
            UseProxy = settings.Proxy is not null,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ActivityHeadersPropagator = null,
        })
        {
            BaseAddress = settings.Address,
            Timeout = settings.Timeout,
            MaxResponseContentBufferSize = MaxAnswerBytes,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{settings.SecretKey}:")));
    }

    public Task<TossAnswer<TossPayment>> Charge(TossCard card, string number, string name, Money amount, CancellationToken cancellation) => Post(
        $"/v1/billing/{Uri.EscapeDataString(card.BillingKey)}",
        key: number,
        Json(new TossCharge(card.CustomerKey, amount.Won, number, name), TossJson.Default.TossCharge),
        TossJson.Default.TossPayment,
        cancellation);

    public Task<TossAnswer<TossPayment>> Cancel(TossPayment payment, string reason, string key, CancellationToken cancellation) => Post(
        $"/v1/payments/{Uri.EscapeDataString(payment.PaymentKey)}/cancel",
        key,
        Json(new TossCancel(reason), TossJson.Default.TossCancel),
        TossJson.Default.TossPayment,
        cancellation);

    public async Task<TossAnswer<TossPayment>> Find(string number, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/payments/orders/{Uri.EscapeDataString(number)}");
        return await Send(request, TossJson.Default.TossPayment, cancellation);
    }

    public async Task<TossAnswer<TossPayment>> FindByKey(string paymentKey, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/payments/{Uri.EscapeDataString(paymentKey)}");
        return await Send(request, TossJson.Default.TossPayment, cancellation);
    }

    /// <summary>A page of what was done between two times.</summary>
    public async Task<TossAnswer<TossTransaction[]>> List(DateTimeOffset from, DateTimeOffset until, string after, int limit, CancellationToken cancellation)
    {
        var query = QueryString.Create(
        [
            new("startDate", TossTime.Write(from)),
            new("endDate", TossTime.Write(until)),
            new("limit", limit.ToString(CultureInfo.InvariantCulture)),
            .. after.Length == 0 ? [] : (KeyValuePair<string, string?>[])[new("startingAfter", after)],
        ]);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/transactions{query}");
        return await Send(request, TossJson.Default.TossTransactionArray, cancellation);
    }

    public Task<TossAnswer<TossCard>> Register(string authKey, string customerKey, CancellationToken cancellation) => Post(
        "/v1/billing/authorizations/issue",
        key: authKey,
        Json(new TossIssue(authKey, customerKey), TossJson.Default.TossIssue),
        TossJson.Default.TossCard,
        cancellation);

    public void Dispose() => _http.Dispose();

    private static byte[] Json<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);

    private async Task<TossAnswer<T>> Post<T>(string path, string key, byte[] body, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", key);
        return await Send(request, type, cancellation);
    }

    private async Task<TossAnswer<T>> Send<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (response.IsSuccessStatusCode && JsonSerializer.Deserialize(body, type) is { } answer)
                return TossAnswer<T>.Of(answer);

            var failure = JsonSerializer.Deserialize(body, TossJson.Default.TossFailure);
            return Refused<T>((int)response.StatusCode, failure?.Code ?? "", failure?.Message ?? "");
        }
        catch (HttpRequestException broken)
        {
            return Unanswered<T>($"the connection failed: {broken.HttpRequestError}");
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            return Unanswered<T>($"the connection broke off: {broken.Message}");
        }
        catch (JsonException)
        {
            return Unanswered<T>("the answer cannot be read");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Unanswered<T>($"no answer within {_http.Timeout}");
        }
    }

    private TossAnswer<T> Refused<T>(int status, string code, string message)
        where T : class
    {
        var meaning = TossCodes.Meaning(status, code);
        if (status is 401 or 403 && meaning is TossMeaning.Unclear)
            NotLetIn(status, code);
        else if (meaning is TossMeaning.Unclear or TossMeaning.Unlisted)
            Failed($"{status} {code}");

        return TossAnswer<T>.Without(meaning, message, code);
    }

    private TossAnswer<T> Unanswered<T>(string why)
        where T : class
    {
        Failed(why);
        return TossAnswer<T>.Without(TossMeaning.Unclear, why);
    }

    [LoggerMessage(LogLevel.Warning, "The payment provider left a request open: {Why}")]
    private partial void Failed(string why);

    [LoggerMessage(LogLevel.Error, "The payment provider does not let us in ({Status} {Code}): is Pay:Toss:SecretKey right, and the contract signed?")]
    private partial void NotLetIn(int status, string code);
}

/// <summary>What a request came to: an answer, or what is known of why there is none.</summary>
internal readonly record struct TossAnswer<T>
    where T : class
{
    private readonly T? _answer;

    private TossAnswer(T? answer, TossMeaning meaning, string message, string code) =>
        (_answer, Meaning, Message, Code) = (answer, meaning, message, code);

    /// <summary>What a missing answer means.</summary>
    public TossMeaning Meaning { get; }

    /// <summary>The provider's words, or our own where it had none.</summary>
    public string Message { get; }

    /// <summary>The provider's code for why there is no answer; empty where it gave none.</summary>
    public string Code { get; }

    public static TossAnswer<T> Of(T answer) => new(answer, TossMeaning.Unclear, "", "");

    public static TossAnswer<T> Without(TossMeaning meaning, string message, string code = "") => new(null, meaning, message, code);

    public bool Has([NotNullWhen(true)] out T? answer)
    {
        answer = _answer;
        return answer is not null;
    }
}

/// <summary>What an error means for the money.</summary>
internal enum TossMeaning
{
    /// <summary>Nobody knows whether the request had its effect, or will have.</summary>
    Unclear,

    /// <summary>The same request is under way; asked again, it tells its outcome.</summary>
    Processing,

    /// <summary>The card or its bank refused, for good.</summary>
    Declined,

    /// <summary>The provider does not know what was asked for.</summary>
    NotFound,

    /// <summary>
    /// The provider refused for a reason that is not listed here: the customer's, unless others are refused for it too, and then nobody knows.
    /// </summary>
    Unlisted,
}

/// <summary>
/// What the documented error codes mean (https://docs.tosspayments.com/reference/error-codes). Codes that say that the card was refused are a no, and
/// those that are about us, our key or the provider's trouble leave the outcome open; what is not listed, a code that will be added one day above all,
/// is told apart by whom it hits.
/// </summary>
internal static class TossCodes
{
    private static readonly FrozenSet<string> Declines = FrozenSet.Create(
        StringComparer.Ordinal,
        "BELOW_MINIMUM_AMOUNT",
        "EXCEED_MAX_AMOUNT",
        "EXCEED_MAX_AUTH_COUNT",
        "EXCEED_MAX_DAILY_PAYMENT_COUNT",
        "EXCEED_MAX_ONE_DAY_AMOUNT",
        "EXCEED_MAX_PAYMENT_AMOUNT",
        "INVALID_BILL_KEY_REQUEST",
        "INVALID_CARD_EXPIRATION",
        "INVALID_CARD_LOST_OR_STOLEN",
        "INVALID_CARD_NUMBER",
        "INVALID_REJECT_CARD",
        "INVALID_STOPPED_CARD",
        "NOT_MATCHES_CUSTOMER_KEY",
        "NOT_REGISTERED_CARD_COMPANY",
        "NOT_SUPPORTED_CARD_TYPE",
        "REJECT_ACCOUNT_PAYMENT",
        "REJECT_CARD_COMPANY",
        "REJECT_CARD_PAYMENT");

    // What says nothing of the card, whomever it hits.
    private static readonly FrozenSet<string> Troubles = FrozenSet.Create(
        StringComparer.Ordinal,
        "ALREADY_PROCESSED_PAYMENT",
        "COMMON_ERROR",
        "DUPLICATED_ORDER_ID",
        "FORBIDDEN_REQUEST",
        "INCORRECT_BASIC_AUTH_FORMAT",
        "INVALID_API_KEY",
        "INVALID_UNREGISTERED_SUBMALL",
        "NOT_REGISTERED_BUSINESS",
        "PROVIDER_ERROR",
        "TOO_MANY_REQUESTS",
        "UNAUTHORIZED_KEY",
        "UNAPPROVED_ORDER_ID");

    public static TossMeaning Meaning(int status, string code) => (status, code) switch
    {
        (409, "IDEMPOTENT_REQUEST_PROCESSING") => TossMeaning.Processing,
        (404, "NOT_FOUND_PAYMENT") => TossMeaning.NotFound,
        ( >= 400 and < 500, _) when Declines.Contains(code) => TossMeaning.Declined,
        (400 or 403 or 404 or 422, { Length: > 0 }) when !Troubles.Contains(code) => TossMeaning.Unlisted,
        _ => TossMeaning.Unclear,
    };
}

/// <summary>A payment as the API tells it; the parts that matter here.</summary>
internal sealed record TossPayment(
    string PaymentKey,
    string OrderId,
    string Status,
    long TotalAmount,
    TossFailure? Failure,
    string? OrderName,
    long? BalanceAmount,
    DateTimeOffset? RequestedAt,
    DateTimeOffset? ApprovedAt);

/// <summary>Something that was done with a payment, in the list of all.</summary>
internal sealed record TossTransaction(string TransactionKey, string OrderId, string Status);

/// <summary>The API's times in queries: Korea's, without an offset.</summary>
internal static class TossTime
{
    private static readonly TimeSpan Korea = TimeSpan.FromHours(9);

    public static string Write(DateTimeOffset moment) => moment.ToOffset(Korea).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <summary>Why something failed: the body of every error, and a part of a payment that was refused.</summary>
internal sealed record TossFailure(string Code, string Message);

/// <summary>Charge a card that was registered before.</summary>
internal sealed record TossCharge(string CustomerKey, long Amount, string OrderId, string OrderName);

/// <summary>Give back all that is left of a payment.</summary>
internal sealed record TossCancel(string CancelReason);

/// <summary>Register the card that a customer has just shown in the browser.</summary>
internal sealed record TossIssue(string AuthKey, string CustomerKey);

/// <summary>A registered card.</summary>
internal sealed record TossCard(string BillingKey, string CustomerKey);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(TossPayment))]
[JsonSerializable(typeof(TossTransaction[]))]
[JsonSerializable(typeof(TossEvent))]
[JsonSerializable(typeof(TossFailure))]
[JsonSerializable(typeof(TossCharge))]
[JsonSerializable(typeof(TossCancel))]
[JsonSerializable(typeof(TossIssue))]
[JsonSerializable(typeof(TossCard))]
internal sealed partial class TossJson : JsonSerializerContext;
