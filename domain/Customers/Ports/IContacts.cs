namespace FoodDelivery.Customers.Ports;

/// <summary>Knows how people want to be told.</summary>
public interface IContacts
{
    /// <summary>How somebody wants to be told now; null if nobody knows them (any more).</summary>
    /// <param name="role">What they are to the order.</param>
    /// <param name="addressee">A member's number, or a store's.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<Contact?> Find(RecipientRole role, string addressee, CancellationToken cancellation);

    /// <summary>Keeps how a store's owner wants to be told from now on.</summary>
    Task KeepOwner(StoreId store, Contact contact, CancellationToken cancellation);
}
