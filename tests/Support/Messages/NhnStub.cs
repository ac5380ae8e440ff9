using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Support.Messages;

/// <summary>
/// NHN Cloud's AlimTalk (v2.3) and SMS (v3.0) as their guides describe them, as far as we use them: sending, the idempotency key, looking
/// messages up. It says no to whatever the guides say no to, and shows a test what was delivered.
/// </summary>
public sealed class NhnStub : IAsyncDisposable
{
    /// <summary>What the services want to be shown.</summary>
    public const string AppKey = "app-key", SecretKey = "very-secret", SenderKey = "sender-key", SenderNumber = "15446859";

    private const int KeyUsed = -1005;
    private readonly WebApplication _app;
    private readonly NhnBooks _books;

    private NhnStub(WebApplication app, NhnBooks books) => (_app, _books) = (app, books);

    /// <summary>What goes wrong with a request to send the message that has this key.</summary>
    public Func<string, NhnFault> Fault { get; set; } = static _ => NhnFault.None;

    /// <summary>Whether look-ups fail.</summary>
    public Func<bool> LookUpFails { get; set; } = static () => false;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>What was delivered, oldest first.</summary>
    public IReadOnlyList<DeliveredMessage> Delivered => _books.Delivered;

    /// <summary>What a service needs to send by it.</summary>
    public string[] Settings =>
    [
        $"--Customer:Kakao:Address={Address}", $"--Customer:Kakao:AppKey={AppKey}", $"--Customer:Kakao:SecretKey={SecretKey}",
        $"--Customer:Kakao:SenderKey={SenderKey}", $"--Customer:Kakao:FallbackNumber={SenderNumber}",
        $"--Customer:Sms:Address={Address}", $"--Customer:Sms:AppKey={AppKey}", $"--Customer:Sms:SecretKey={SecretKey}",
        $"--Customer:Sms:SenderNumber={SenderNumber}",
    ];

    /// <summary>Starts it on a free port.</summary>
    public static async Task<NhnStub> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0, static port => port.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        var stub = new NhnStub(app, new NhnBooks());
        app.MapPost("/alimtalk/v2.3/appkeys/{appKey}/raw-messages", (string appKey, HttpContext context) => stub.Send(appKey, context, stub._books.AlimTalk, "kakao"));
        app.MapGet("/alimtalk/v2.3/appkeys/{appKey}/messages", (string appKey, HttpContext context) => stub.LookUp(appKey, context, "kakao", "yyyy-MM-dd HH:mm"));
        foreach (var (path, channel) in new[] { ("sms", "sms"), ("mms", "lms") })
        {
            app.MapPost($"/sms/v3.0/appKeys/{{appKey}}/sender/{path}", (string appKey, HttpContext context) => stub.Send(appKey, context, body => stub._books.Text(body, channel), channel));
            app.MapGet($"/sms/v3.0/appKeys/{{appKey}}/sender/{path}", (string appKey, HttpContext context) => stub.LookUp(appKey, context, channel, "yyyy-MM-dd HH:mm:ss"));
        }

        await app.StartAsync();
        return stub;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Send(string appKey, HttpContext context, Func<JsonElement, (DeliveredMessage? Message, string? Flaw)> read, string channel)
    {
        if (Stranger(appKey, context) is { } stranger)
        {
            await Answer(context, stranger.Code, stranger.Message);
            return;
        }

        var (message, flaw) = read(await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted));
        var fault = Fault(message?.Key ?? "");
        switch (fault)
        {
            case NhnFault.BreaksBefore:
                context.Abort();
                return;
            case NhnFault.FailsBefore:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            case NhnFault.Busy:
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                context.Response.Headers.RetryAfter = "1";
                return;
            case NhnFault.Refuses:
                await Answer(context, -9999, "System error");
                return;
            default:
                break;
        }

        // Of text messages the guide knows no such key.
        var key = channel == "kakao" ? context.Request.Headers["X-NC-API-IDEMPOTENCY-KEY"].ToString() : "";
        if (key.Length > 0 && !_books.Use(key))
        {
            await Answer(context, KeyUsed, "The same 'X-NC-API-IDEMPOTENCY-KEY' was used within the last 10 minute.");
            return;
        }

        if (flaw is null && fault != NhnFault.RefusesRecipient)
            _books.Deliver(message!);
        await Answer(context, fault, channel, message, flaw);
    }

    private static async Task Answer(HttpContext context, NhnFault fault, string channel, DeliveredMessage? message, string? flaw)
    {
        switch (fault)
        {
            case NhnFault.BreaksAfter:
                context.Abort();
                return;
            case NhnFault.SilentAfter:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                return;
            case NhnFault.FailsAfter:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            case NhnFault.GarbageAfter:
                await context.Response.WriteAsync("<html>");
                return;
            default:
                break;
        }

        var refused = flaw ?? (fault == NhnFault.RefusesRecipient ? "The recipient is blocked." : null);
        var results = new[] { new { recipientSeq = 1, recipientNo = message?.To, resultCode = refused is null ? 0 : -3000, resultMessage = refused ?? "SUCCESS", recipientGroupingKey = message?.Key } };
        var header = new { resultCode = 0, resultMessage = "SUCCESS", isSuccessful = true };
        await context.Response.WriteAsJsonAsync(channel == "kakao"
            ? (object)new { header, message = new { requestId = "1", sendResults = results } }
            : new { header, body = new { data = new { requestId = "1", statusCode = "2", sendResultList = results } } });
    }

    private async Task LookUp(string appKey, HttpContext context, string channel, string dates)
    {
        if (Stranger(appKey, context) is { } stranger)
        {
            await Answer(context, stranger.Code, stranger.Message);
            return;
        }

        if (LookUpFails())
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return;
        }

        var query = context.Request.Query;
        if (!DateTime.TryParseExact(query["startRequestDate"], dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            || !DateTime.TryParseExact(query["endRequestDate"], dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
            || end - start > TimeSpan.FromDays(30)
            || TimeProvider.System.GetUtcNow().AddHours(9).DateTime is var now && (now < start || now > end))
        {
            await Answer(context, 4, "The span is wrong.");
            return;
        }

        var found = _books.Delivered.Where(message => message.Channel == channel && message.Key == query["recipientGroupingKey"])
            .Select(static message => new { requestId = "1", recipientSeq = 1, recipientNo = message.To, content = message.Text, recipientGroupingKey = message.Key }).ToList();
        var header = new { resultCode = 0, resultMessage = "SUCCESS", isSuccessful = true };
        await context.Response.WriteAsJsonAsync(channel == "kakao"
            ? (object)new { header, messageSearchResultResponse = new { messages = found, totalCount = found.Count } }
            : new { header, body = new { pageNum = 1, pageSize = 15, totalCount = found.Count, data = found } });
    }

    private static (int Code, string Message)? Stranger(string appKey, HttpContext context) =>
        appKey != AppKey ? (-1000, "Invalid appKey.")
        : context.Request.Headers["X-Secret-Key"] != SecretKey ? (-1001, "Invalid secretKey.")
        : null;

    private static Task Answer(HttpContext context, int code, string message) =>
        context.Response.WriteAsJsonAsync(new { header = new { resultCode = code, resultMessage = message, isSuccessful = false } });
}
