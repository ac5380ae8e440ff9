using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Support.Payments;

/// <summary>A payment service of somebody else's: JSON over HTTP, books of its own, no event and no proto. An amount of a million won and more is declined.</summary>
public sealed class OutsidePay : IAsyncDisposable
{
    private const long Limit = 1_000_000;

    private readonly Lock _writing = new();
    private readonly Dictionary<long, Charge> _charges = [];
    private readonly Dictionary<long, string> _attempts = [];
    private WebApplication? _app;

    /// <summary>Where it listens.</summary>
    public string Address => _app!.Urls.Single();

    /// <summary>While set, every request is answered with 503, undone.</summary>
    public bool IsDown { get; set; }

    /// <summary>While set, payments are made, but nobody is told.</summary>
    public bool IsMute { get; set; }

    /// <summary>Its books: what became of each order.</summary>
    public Charge this[long order]
    {
        get
        {
            lock (_writing)
                return _charges[order];
        }
    }

    /// <summary>Starts it on a free port.</summary>
    public static async Task<OutsidePay> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var pay = new OutsidePay { _app = builder.Build() };
        pay._app.MapPost("/payments", (Wish wish, HttpRequest request) => pay.Answer(request, () => pay.Pay(wish)));
        pay._app.MapPost(
            "/payments/{order:long}/refund", (long order, RefundWish wish, HttpRequest request) => pay.Answer(request, () => pay.Refund(order, wish.AttemptId)));
        await pay._app.StartAsync();
        return pay;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private IResult Answer(HttpRequest request, Func<Charge?> act)
    {
        if (IsDown)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (request.Headers["Idempotency-Key"].ToString().Length == 0)
            return Results.BadRequest();
        Charge? charge;
        lock (_writing)
            charge = act();
        if (charge is null)
            return Results.Conflict();

        return IsMute ? Results.StatusCode(StatusCodes.Status504GatewayTimeout) : Results.Json(charge);
    }

    // None of whoever pays under a number for which another attempt was charged.
    private Charge? Pay(Wish wish)
    {
        if (_attempts.GetValueOrDefault(wish.OrderId, wish.AttemptId) != wish.AttemptId)
            return null;

        _attempts[wish.OrderId] = wish.AttemptId;
        if (!_charges.TryGetValue(wish.OrderId, out var charge))
        {
            _charges[wish.OrderId] = charge = wish.Amount < Limit
                ? new Charge(1000 + wish.OrderId, "approved", "", wish.Amount)
                : new Charge(1000 + wish.OrderId, "declined", "한도 초과", 0);
        }

        return charge;
    }

    /// <summary>Somebody has paid under that number before, for an attempt that nobody knows of any more.</summary>
    public void WasPaid(long order, long amount)
    {
        lock (_writing)
            (_charges[order], _attempts[order]) = (new Charge(1000 + order, "approved", "", amount), "lost");
    }

    private Charge? Refund(long order, string attempt)
    {
        if (attempt.Length > 0 && _attempts.GetValueOrDefault(order, attempt) != attempt)
            return null;

        var charge = _charges.GetValueOrDefault(order);
        return _charges[order] = charge switch
        {
            { Status: "approved" } => charge with { Status = "refunded", Held = 0 },
            null => new Charge(0, "voided", "", 0),
            _ => charge,
        };
    }

    private sealed record Wish(long OrderId, long Amount, string CustomerId, string AttemptId);

    private sealed record RefundWish(string Reason, string AttemptId);
}

/// <summary>What became of an order's payment.</summary>
/// <param name="PaymentId">Its number; 0 if nothing was paid.</param>
/// <param name="Status">approved, declined, refunded or voided.</param>
/// <param name="Reason">Why it was declined.</param>
/// <param name="Held">What the shop holds of it, in won.</param>
public sealed record Charge(long PaymentId, string Status, string Reason, long Held);
