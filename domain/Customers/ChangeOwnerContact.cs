using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>Say how a store's owner wants to be told.</summary>
/// <param name="Store">The store.</param>
/// <param name="Phone">Where, as somebody wrote it; may be absent for no channel.</param>
/// <param name="Channel">By which way, or none.</param>
/// <param name="Language">In which language.</param>
public sealed record ChangeOwnerContact(StoreId Store, string? Phone, ContactChannel Channel, Language Language);

/// <summary>Lets owners choose how they are told of orders.</summary>
/// <param name="contacts">Where that is kept.</param>
public sealed class ChangeOwnerContactHandler(IContacts contacts)
{
    /// <summary>Answers with what was chosen. Another phone has to be confirmed before messages go there.</summary>
    public async Task<Result<Contact>> Handle(ChangeOwnerContact command, AccessScope scope, CancellationToken cancellation)
    {
        if (scope.ForStore(command.Store.Value).IsError(out var refusal))
            return refusal;

        if (command.Store.Value <= 0)
            return Error.Invalid("storeId", "A store's number is positive.");
        var isSilent = command.Channel == ContactChannel.None && string.IsNullOrWhiteSpace(command.Phone);
        if (!PhoneNumber.TryParse(command.Phone, out var phone) && !isSilent)
            return PhoneNumber.Invalid;
        var contact = new Contact(command.Channel, phone, command.Language);
        await contacts.KeepOwner(command.Store, contact, cancellation);
        return await contacts.Find(RecipientRole.Owner, command.Store.ToString(), cancellation) ?? contact;
    }
}

/// <summary>How a store's owner wants to be told.</summary>
/// <param name="Store">The store.</param>
public sealed record GetOwnerContact(StoreId Store);

/// <summary>How a store's owner wants to be told.</summary>
public sealed class GetOwnerContactHandler(IContacts contacts)
{
    /// <summary>What the owner chose, or that nobody has chosen yet.</summary>
    public async Task<Result<Contact>> Handle(GetOwnerContact query, AccessScope scope, CancellationToken cancellation)
    {
        if (scope.ForStore(query.Store.Value).IsError(out var refusal))
            return refusal;

        return await contacts.Find(RecipientRole.Owner, query.Store.ToString(), cancellation) is { } contact
            ? contact
            : Error.NotFound("owner contact", query.Store);
    }
}
