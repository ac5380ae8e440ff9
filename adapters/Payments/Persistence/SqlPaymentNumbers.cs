using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Payments.Persistence;

/// <summary>Takes numbers from the database a block at a time, so that hardly any payment waits for its number. A restart leaves a gap.</summary>
internal sealed class SqlPaymentNumbers(IDatabase database) : IPaymentNumbers, IDisposable
{
    private const int Block = 64;

    private readonly Lock _taking = new();
    private readonly SemaphoreSlim _filling = new(1);
    private long _next = 1;
    private long _last;

    public ValueTask<PaymentId> Next(CancellationToken cancellation) =>
        TryTake(out var number) ? ValueTask.FromResult(number) : Fill(cancellation);

    public void Dispose() => _filling.Dispose();

    private bool TryTake(out PaymentId number)
    {
        lock (_taking)
        {
            number = new PaymentId(_next);
            return _next <= _last && _next++ > 0;
        }
    }

    private async ValueTask<PaymentId> Fill(CancellationToken cancellation)
    {
        await _filling.WaitAsync(cancellation);
        try
        {
            PaymentId number;
            while (!TryTake(out number))
            {
                var last = await database.WriteOne<long>(
                    "update payment_numbers set last = last + @Block where singleton = 1 returning last", new { Block }, cancellation);
                lock (_taking)
                    (_next, _last) = (last - Block + 1, last);
            }

            return number;
        }
        finally
        {
            _filling.Release();
        }
    }
}
