using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Polly.CircuitBreaker;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>Shows the breaker's state, from the start on.</summary>
internal sealed class BreakerMeasures(PaymentBreaker breaker, IMeterFactory meters) : IHostedService
{
    private const int Closed = 0;
    private const int HalfOpen = 1;
    private const int Open = 2;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meters.Create("FoodDelivery.Ordering").CreateObservableGauge(
            "fooddelivery.payments.breaker", State, description: "Whether payments are made (0), tried one at a time (1) or refused at once (2).");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private int State() => breaker.State switch
    {
        CircuitState.Closed => Closed,
        CircuitState.HalfOpen => HalfOpen,
        _ => Open,
    };
}
