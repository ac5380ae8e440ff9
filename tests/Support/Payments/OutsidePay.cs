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
        pay._app.MapPost("/payments/{order:long}/refund", (long order, HttpRequest request) => pay.Answer(request, () => pay.Refund(order)));
        await pay._app.StartAsync();
        return pay;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private IResult Answer(HttpRequest request, Func<Charge> act)
    {
        if (IsDown)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (request.Headers["Idempotency-Key"].ToString().Length == 0)
            return Results.BadRequest();
        Charge charge;
        lock (_writing)
            charge = act();
        return IsMute ? Results.StatusCode(StatusCodes.Status504GatewayTimeout) : Results.Json(charge);
    }

    private Charge Pay(Wish wish)
    {
        if (!_charges.TryGetValue(wish.OrderId, out var charge))
        {
            _charges[wish.OrderId] = charge = wish.Amount < Limit
                ? new Charge(1000 + wish.OrderId, "approved", "", wish.Amount)
                : new Charge(1000 + wish.OrderId, "declined", "한도 초과", 0);
        }

        return charge;
    }

    private Charge Refund(long order)
    {
        var charge = _charges.GetValueOrDefault(order);
        return _charges[order] = charge switch
        {
            { Status: "approved" } => charge with { Status = "refunded", Held = 0 },
            null => new Charge(0, "voided", "", 0),
            _ => charge,
        };
    }

    private sealed record Wish(long OrderId, long Amount, string CustomerId);
}

/// <summary>What became of an order's payment.</summary>
/// <param name="PaymentId">Its number; 0 if nothing was paid.</param>
/// <param name="Status">approved, declined, refunded or voided.</param>
/// <param name="Reason">Why it was declined.</param>
/// <param name="Held">What the shop holds of it, in won.</param>
public sealed record Charge(long PaymentId, string Status, string Reason, long Held);
