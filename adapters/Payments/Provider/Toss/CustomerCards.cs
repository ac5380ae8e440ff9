using Dapper;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>The cards that customers have registered, as the provider calls them: worth nothing without the merchant's key.</summary>
internal sealed class CustomerCards(IDatabase database, TimeProvider clock)
{
    /// <summary>The customer's card, or null.</summary>
    public Task<TossCard?> Of(string customer, CancellationToken cancellation)
    {
        var query = new CommandDefinition(
            "select billing_key as BillingKey, customer_key as CustomerKey from customer_cards where customer_id = @Customer",
            new { Customer = customer },
            cancellationToken: cancellation);
        return database.Read(connection => connection.QuerySingleOrDefaultAsync<TossCard>(query), cancellation);
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
            new { Customer = customer, card.CustomerKey, card.BillingKey, Now = clock.GetUtcNow().ToUnixTimeMilliseconds() }),
        cancellation);
}
