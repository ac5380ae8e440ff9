using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
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

    // The list of transactions is documented to take up to a minute.
    private static readonly TimeSpan Listing = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly ILogger<TossApi> _log;

    public TossApi(TossOptions settings, ILogger<TossApi> log)
    {
        (_log, _timeout) = (log, settings.Timeout);
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
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
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
        return await Send(request, TossJson.Default.TossPayment, _timeout, cancellation);
    }

    public async Task<TossAnswer<TossPayment>> FindByKey(string paymentKey, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/payments/{Uri.EscapeDataString(paymentKey)}");
        return await Send(request, TossJson.Default.TossPayment, _timeout, cancellation);
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
        return await Send(request, TossJson.Default.TossTransactionArray, Listing, cancellation);
    }

    public Task<TossAnswer<TossCard>> Register(string authKey, string customerKey, CancellationToken cancellation) => Post(
        "/v1/billing/authorizations/issue",
        key: authKey,
        Json(new TossIssue(authKey, customerKey), TossJson.Default.TossIssue),
        TossJson.Default.TossCard,
        cancellation);

    /// <summary>Has the provider forget a card.</summary>
    public async Task<TossAnswer<TossForgotten>> Forget(string billingKey, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/v1/billing/{Uri.EscapeDataString(billingKey)}");
        return await Send(request, static _ => new TossForgotten(), _timeout, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private static byte[] Json<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);

    private async Task<TossAnswer<T>> Post<T>(string path, string key, byte[] body, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", key);
        return await Send(request, type, _timeout, cancellation);
    }

    private Task<TossAnswer<T>> Send<T>(HttpRequestMessage request, JsonTypeInfo<T> type, TimeSpan timeout, CancellationToken cancellation)
        where T : class => Send(request, body => JsonSerializer.Deserialize(body, type), timeout, cancellation);

    private async Task<TossAnswer<T>> Send<T>(HttpRequestMessage request, Func<byte[], T?> read, TimeSpan timeout, CancellationToken cancellation)
        where T : class
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(timeout);
        try
        {
            using var response = await _http.SendAsync(request, late.Token);
            var body = await response.Content.ReadAsByteArrayAsync(late.Token);
            if (response.IsSuccessStatusCode && read(body) is { } answer)
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
            return Unanswered<T>($"no answer within {timeout}");
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
