using FoodDelivery.Adapters.Payments.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>
/// Has Toss Payments forget the cards that were removed here, soon after that, and as often as it takes: whoever removes a card does not wait for it. A card
/// that it does not forget within days is forgotten here alone, and told to operators.
/// </summary>
internal sealed partial class TossRevocations(
    TossApi api, TossCards cards, CardRevocations revocations, CardCipher cipher, TimeProvider clock, ILogger<TossRevocations> log) : BackgroundService
{
    private const int BatchSize = 16;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GivenUp = TimeSpan.FromDays(7);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RevokeDue(stoppingToken);
            await revocations.Noted.Wait(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RevokeDue(CancellationToken cancellation)
    {
        try
        {
            foreach (var revocation in await revocations.Due(BatchSize, cancellation))
                await Revoke(revocation, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            NotRevoked(failure);
        }
        catch (OperationCanceledException)
        {
            // The next start goes on.
        }
    }

    private async Task Revoke(CardRevocation revocation, CancellationToken cancellation)
    {
        var isOld = clock.GetUtcNow() - revocation.Noted > GivenUp;
        if (await IsForgotten(revocation, cancellation))
        {
            await revocations.End(revocation, cancellation);
        }
        else if (isOld)
        {
            await revocations.End(revocation, cancellation);
            NotForgotten(GivenUp.Days);
        }
        else
        {
            await revocations.PutOff(revocation, cancellation);
        }
    }

    private async Task<bool> IsForgotten(CardRevocation revocation, CancellationToken cancellation)
    {
        if (cipher.Decrypt(revocation.BillingKey, revocation.CustomerId) is not { } billingKey)
        {
            NotDecrypted();
            return false;
        }

        // Registered again meanwhile, by the same answer of the provider's: it is in use.
        if ((await cards.Of(revocation.CustomerId, cancellation)).Has(out var present) && present.BillingKey == billingKey)
            return true;

        var answer = await api.Forget(billingKey, cancellation);
        return answer.Has(out _) || TossCodes.IsForgotten(answer.Code);
    }

    [LoggerMessage(LogLevel.Error, "Cards that were removed could not be revoked at the provider; it is tried again.")]
    private partial void NotRevoked(Exception failure);

    [LoggerMessage(LogLevel.Error, "A card that was removed {Days} days ago could not be revoked at the provider; it is tried no more.")]
    private partial void NotForgotten(int days);

    [LoggerMessage(LogLevel.Error, "A card that was removed cannot be opened to be revoked; the setting Pay:CardKeys lacks the key that it was sealed with.")]
    private partial void NotDecrypted();
}
