using Dapper;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>The cards that customers have registered, as the provider calls them: worth nothing without the merchant's key.</summary>
internal sealed partial class CustomerCards(IDatabase database, CardSeal seal, TimeProvider clock, ILogger<CustomerCards> log)
{
    /// <summary>The customer's card. There is none: declined. It was sealed with a key that is not there: unclear, since nothing is wrong with the card.</summary>
    public async Task<TossAnswer<TossCard>> Of(string customer, CancellationToken cancellation)
    {
        var query = new CommandDefinition(
            "select billing_key as BillingKey, customer_key as CustomerKey from customer_cards where customer_id = @Customer",
            new { Customer = customer },
            cancellationToken: cancellation);
        if (await database.Read(connection => connection.QuerySingleOrDefaultAsync<TossCard>(query), cancellation) is not { } stored)
            return TossAnswer<TossCard>.Without(TossMeaning.Declined, "The customer has registered no card.");
        if (seal.Open(stored.BillingKey, customer) is { } billingKey)
            return TossAnswer<TossCard>.Of(stored with { BillingKey = billingKey });

        Unopened(customer);
        return TossAnswer<TossCard>.Without(TossMeaning.Unclear, "The card cannot be opened.");
    }

    /// <summary>Keeps a customer's card instead of any before.</summary>
    public Task Keep(string customer, TossCard card, CancellationToken cancellation) => database.Write(
        new Batch().Add(
            """
            insert into customer_cards (customer_id, customer_key, billing_key, registered_at)
            values (@Customer, @CustomerKey, @BillingKey, @Now)
            on conflict (customer_id) do update
            set customer_key = excluded.customer_key, billing_key = excluded.billing_key, registered_at = excluded.registered_at
            """,
            new { Customer = customer, card.CustomerKey, BillingKey = seal.Seal(card.BillingKey, customer), Now = clock.GetUtcNow().ToUnixTimeMilliseconds() }),
        cancellation);

    [LoggerMessage(LogLevel.Error, "The card of {Customer} cannot be opened; the setting Pay:CardKeys lacks the key that it was sealed with.")]
    private partial void Unopened(string customer);
}
