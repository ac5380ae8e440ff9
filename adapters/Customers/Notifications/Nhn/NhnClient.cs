using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Customers.Notifications.Nhn;

/// <summary>
/// Calls NHN Cloud's message APIs, and tells apart what was refused for certain from what may have been accepted although the answer got
/// lost. Guides: docs.nhncloud.com, Notification, KakaoTalk Bizmessage (AlimTalk v2.3) and SMS (v3.0).
/// </summary>
internal sealed partial class NhnClient : IDisposable
{
    // Result codes of "the same key was used within the last 10 minutes", as the older guides have it and the newer ones.
    private const int KeyUsed = -1005;
    private const int KeyUsedToo = 400305;
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http;
    private readonly TimeSpan _unclearPause;
    private readonly TimeProvider _clock;
    private readonly ILogger<NhnClient> _log;

    public NhnClient(NhnAccess access, TimeSpan unclearPause, TimeProvider clock, ILogger<NhnClient> log)
    {
        (_unclearPause, _clock, _log) = (unclearPause, clock, log);
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = RequestTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            AllowAutoRedirect = false,
            Proxy = access.Proxy,
            UseProxy = access.Proxy is not null,
        })
        {
            BaseAddress = access.Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Add("X-Secret-Key", access.SecretKey);
    }

    /// <summary>The error's reason when nobody knows whether the message was accepted.</summary>
    public const string Unclear = "OUTCOME_UNCLEAR";

    /// <summary>The error's reason when a message came under this key a short while ago.</summary>
    public const string Repeated = "KEY_USED";

    public async Task<Result<JsonElement>> Post(string path, object body, string messageKey, bool isIdempotent, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (isIdempotent)
            request.Headers.Add("X-NC-API-IDEMPOTENCY-KEY", messageKey);
        return Logged(await Send(request, cancellation), messageKey);
    }

    public async Task<Result<JsonElement>> Get(string path, string messageKey, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return Logged(await Send(request, cancellation), messageKey);
    }

    /// <summary>Nobody knows what became of a message; later a look-up will.</summary>
    public Error IsUnclear(string why) => Error.Unavailable(Unclear, why, _unclearPause);

    public void Dispose() => _http.Dispose();

    private async Task<Result<JsonElement>> Send(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(RequestTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return (int)response.StatusCode >= 500
                ? IsUnclear($"The provider answers {(int)response.StatusCode}.")
                : Read(response, await response.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (Exception broken) when (broken is HttpRequestException or SocketException)
        {
            return IsUnclear($"The provider cannot be reached: {(broken as HttpRequestException)?.HttpRequestError ?? HttpRequestError.ConnectionError}.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return IsUnclear("The provider does not answer in time.");
        }
    }

    private Result<JsonElement> Read(HttpResponseMessage response, byte[] body)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            return Error.Unavailable("PROVIDER_BUSY", "The provider wants fewer messages.", Pause(response));
        if (!TryParse(body, out var answer) || !answer.TryGetProperty("header", out var header))
        {
            return response.IsSuccessStatusCode
                ? IsUnclear("The provider's answer cannot be read.")
                : Refused($"The provider answers {(int)response.StatusCode}.");
        }

        var code = Code(header);
        return header.TryGetProperty("isSuccessful", out var successful) && successful.ValueKind == JsonValueKind.True ? answer
            : code is KeyUsed or KeyUsedToo ? Error.Unavailable(Repeated, "The provider knows this message.", _unclearPause)
            : Refused($"The provider refuses with {code}: {Text(header, "resultMessage")}");
    }

    /// <summary>What the provider says of the one recipient: a refusal, unless its code is 0.</summary>
    public static Result<Unit> Result(JsonElement results) =>
        results.ValueKind != JsonValueKind.Array || results.GetArrayLength() == 0 || Code(results[0]) is 0 or null
            ? Unit.Value
            : Refused($"The provider refuses the recipient with {Code(results[0])}: {Text(results[0], "resultMessage")}");

    /// <summary>Whether a list of messages has the one with this key.</summary>
    public static bool Knows(JsonElement messages, string messageKey) => messages.ValueKind == JsonValueKind.Array
        && messages.EnumerateArray().Any(message => Text(message, "recipientGroupingKey") == messageKey);

    private static Error Refused(string why) => Error.Unavailable("PROVIDER_REFUSED", why, TimeSpan.Zero);

    private static long? Code(JsonElement element) =>
        element.TryGetProperty("resultCode", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt64(out var number) ? number : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static TimeSpan Pause(HttpResponseMessage response)
    {
        var wanted = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
        return wanted < MaxPause ? wanted : MaxPause;
    }

    private static bool TryParse(byte[] body, out JsonElement answer)
    {
        try
        {
            answer = JsonSerializer.Deserialize<JsonElement>(body);
            return answer.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            answer = default;
            return false;
        }
    }

    private Result<JsonElement> Logged(Result<JsonElement> result, string messageKey)
    {
        if (result.IsError(out var refusal))
            NotSent(messageKey, refusal.Reason, refusal.Message);
        return result;
    }

    [LoggerMessage(LogLevel.Warning, "The message {Key} has not been taken ({Reason}): {Why}")]
    private partial void NotSent(string key, string reason, string why);
}

/// <summary>The span in which a message is looked for: the longest that the provider allows, in its own time, which is Korea's.</summary>
internal static class NhnDates
{
    private static readonly TimeSpan Korea = TimeSpan.FromHours(9);

    public static string Query(DateTimeOffset now, string format)
    {
        var korean = now.ToOffset(Korea);
        return $"startRequestDate={Write(korean.AddDays(-29))}&endRequestDate={Write(korean.AddHours(1))}";

        string Write(DateTimeOffset time) => Uri.EscapeDataString(time.ToString(format, CultureInfo.InvariantCulture));
    }
}
