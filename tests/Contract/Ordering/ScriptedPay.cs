using System.Collections.Concurrent;
using FoodDelivery.Protos.Payment.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Contract.Ordering;

/// <summary>A payment service on a free port that does as a test says: one outcome per order, unless told otherwise.</summary>
internal sealed class ScriptedPay : PaymentService.PaymentServiceBase, IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, Payment> _payments = new();
    private WebApplication? _app;
    private int _calls;

    public Func<ApprovePaymentRequest, CancellationToken, Task<PaymentStatus>> Answer { get; set; } =
        static (_, _) => Task.FromResult(PaymentStatus.Approved);

    public int Calls => Volatile.Read(ref _calls);

    public int Payments => _payments.Count;

    public long AmountOf(long order) => _payments[order].AmountWon;

    public string Address => _app!.Urls.Single();

    public async Task<ScriptedPay> Start(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocal(port));
        builder.Services.AddSingleton(this).AddGrpc();
        _app = builder.Build();
        _app.MapGrpcService<ScriptedPay>();
        await _app.StartAsync();
        return this;
    }

    public Task Stop() => _app!.StopAsync();

    public override async Task<ApprovePaymentResponse> ApprovePayment(ApprovePaymentRequest request, ServerCallContext context)
    {
        if (request.OrderId < 1)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "There is no such order."));

        Interlocked.Increment(ref _calls);
        var status = await Answer(request, context.CancellationToken);
        var payment = _payments.GetOrAdd(request.OrderId, order => new Payment
        {
            PaymentId = order + 1000,
            OrderId = order,
            AmountWon = request.AmountWon,
            Status = status,
            Reason = status == PaymentStatus.Declined ? "한도 초과" : "",
        });
        return new ApprovePaymentResponse { Payment = payment };
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}

internal static class LocalListening
{
    public static void ListenLocal(this KestrelServerOptions kestrel, int port) =>
        kestrel.Listen(System.Net.IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http2);
}
