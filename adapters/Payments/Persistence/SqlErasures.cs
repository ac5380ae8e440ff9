using FoodDelivery.Adapters.Payments.Messaging;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Payments.Persistence;

/// <summary>What is forgotten of customers, in the service's own database.</summary>
/// <param name="database">That database.</param>
/// <param name="revocations">What has the provider forget cards too; null where it knows none.</param>
internal sealed class SqlErasures(IDatabase database, CardRevocations? revocations = null) : IErasures
{
    // Whoever has loaded the payment must not write the reason back: hence the version.
    public Task EraseReason(OrderId order, CancellationToken cancellation) => database.Write(
        new Batch().Erasing().Add(
            "update payments set reason = @Word, version = version + 1 where order_id = @Order and reason not in ('', @Word, @NotCompleted)",
            new { ErasedText.Word, Order = order.Value, OrderingConsumer.NotCompleted }),
        cancellation);

    public Task RemoveCard(string customer, CancellationToken cancellation)
    {
        var batch = new Batch().Erasing();
        revocations?.Note(batch, customer);
        return database.Write(batch.Add("delete from customer_cards where customer_id = @Customer", new { Customer = customer }), cancellation);
    }
}
