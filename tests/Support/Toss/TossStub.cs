using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Support.Toss;

/// <summary>
/// A server that behaves as the documentation of Toss Payments says (https://docs.tosspayments.com/reference and its page on authorization and
/// idempotency keys): a POST that is repeated under its key is answered as it was the first time, errors included, and 409 while that is under
/// way; and on demand it misbehaves, as the documentation does not say, but networks do.
/// </summary>
public sealed class TossStub : IAsyncDisposable
{
    /// <summary>The only secret key that it lets in.</summary>
    public const string SecretKey = "test_sk_stub0000000000000000";

    private static readonly TimeSpan Forever = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<Reply>> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();
    private WebApplication? _app;

    /// <summary>What was paid.</summary>
    public TossBooks Books { get; } = new();

    /// <summary>What goes wrong with a request, by its verb and path.</summary>
    public Func<string, TossFault> Fault { get; set; } = static _ => TossFault.None;

    /// <summary>What each POST waits for before it has its effect.</summary>
    public Task Processing { get; set; } = Task.CompletedTask;

    /// <summary>What a list of transactions waits for.</summary>
    public Func<Task> Listing { get; set; } = static () => Task.CompletedTask;

    /// <summary>All requests so far, by verb and path.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Where it listens.</summary>
    public string Address => _app!.Urls.Single();

    /// <summary>Starts it on a free port.</summary>
    public static async Task<TossStub> Start()
    {
        var stub = new TossStub();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static server => server.Listen(IPAddress.Loopback, 0));
        var app = stub._app = builder.Build();
        app.Run(stub.Answer);
        await app.StartAsync();
        return stub;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        var request = $"{context.Request.Method} {context.Request.Path}";
        _requests.Enqueue(request);
        if (context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{SecretKey}:"))}")
        {
            await Send(context, Reply.Failure(401, "UNAUTHORIZED_KEY", "인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다."));
            return;
        }

        var fault = Fault(request);
        if (fault is TossFault.TooMany)
            await Send(context, Reply.Failure(429, "TOO_MANY_REQUESTS", "요청이 너무 많습니다."));
        else if (fault is TossFault.SilenceBefore)
            await Silence(context);
        else if (fault is TossFault.ResetBefore)
            context.Abort();
        else
            await Misbehave(context, fault, await Effect(context, request, fault));
    }

    private static async Task Misbehave(HttpContext context, TossFault fault, Reply reply)
    {
        if (fault is TossFault.SilenceAfter)
            await Silence(context);
        else if (fault is TossFault.ResetAfter)
            context.Abort();
        else
            await reply.Write(context.Response, fault is TossFault.Garbled ? reply.Body.Length / 2 : reply.Body.Length);
    }

    private async Task<Reply> Effect(HttpContext context, string request, TossFault fault)
    {
        if (HttpMethods.IsGet(context.Request.Method))
            return fault is TossFault.ErrorBefore or TossFault.ErrorAfter ? Broken : await Get(context.Request.Path.Value!.Split('/'), context.Request.Query);

        if (HttpMethods.IsDelete(context.Request.Method))
        {
            var forgotten = fault is TossFault.ErrorBefore ? Broken : Delete(context.Request.Path.Value!.Split('/'));
            return fault is TossFault.ErrorAfter ? Broken : forgotten;
        }

        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var mine = new TaskCompletionSource<Reply>();
        var first = _known.GetOrAdd($"{request} {context.Request.Headers["Idempotency-Key"]}", mine);
        if (first != mine)
            return first.Task.IsCompleted ? await first.Task : Reply.Failure(409, "IDEMPOTENT_REQUEST_PROCESSING", "이전 멱등 요청이 처리중입니다.");

        await Processing;
        var reply = fault is TossFault.ErrorBefore ? Broken : Post(context.Request.Path.Value!.Split('/'), body.RootElement);
        reply = fault is TossFault.ErrorAfter ? Broken : reply;
        mine.SetResult(reply);
        return reply;
    }

    private async Task<Reply> Get(string[] path, IQueryCollection query)
    {
        if (path is ["", "v1", "transactions"])
            await Listing();

        return path switch
        {
            ["", "v1", "transactions"] => Books.List(query),
            ["", "v1", "payments", "orders", var order] => Books.Find(order),
            ["", "v1", "payments", var paymentKey] => Books.FindByKey(paymentKey),
            _ => Unknown,
        };
    }

    private Reply Delete(string[] path) => path is ["", "v1", "billing", var billingKey] ? Books.Forget(billingKey) : Unknown;

    private static Reply Unknown => Reply.Failure(404, "NOT_FOUND", "존재하지 않는 정보 입니다.");

    private Reply Post(string[] path, JsonElement body) => path switch
    {
        ["", "v1", "billing", "authorizations", "issue"] => Books.Issue(body),
        ["", "v1", "billing", var billingKey] => Books.Charge(billingKey, body),
        ["", "v1", "payments", var paymentKey, "cancel"] => Books.Cancel(paymentKey, body),
        _ => Unknown,
    };

    private static Reply Broken => Reply.Failure(500, "FAILED_INTERNAL_SYSTEM_PROCESSING", "내부 시스템 처리 작업이 실패했습니다. 잠시 후 다시 시도해주세요.");

    private static Task Send(HttpContext context, Reply reply) => reply.Write(context.Response, reply.Body.Length);

    private static async Task Silence(HttpContext context)
    {
        await Task.Delay(Forever, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }
}
