namespace FoodDelivery.Customers.Ports;

/// <summary>The members' store.</summary>
public interface IMembers
{
    /// <summary>Whoever has the number, withdrawn or not; null if nobody ever had it.</summary>
    Task<Member?> Find(MembershipNumber number, CancellationToken cancellation);

    /// <summary>Whom the key stands for; null if it has not been used.</summary>
    Task<RequestedMember?> Find(RequestKey key, CancellationToken cancellation);

    /// <summary>The numbers that the customer has signed up for.</summary>
    Task<IReadOnlyList<MembershipNumber>> Of(string customerId, CancellationToken cancellation);

    /// <summary>Keeps a new member, and the request that asked for them.</summary>
    /// <returns>False, and nothing is kept, if the number or the key is taken.</returns>
    Task<bool> Add(Member member, KeyedSignUp? request, MessageContext context, CancellationToken cancellation);

    /// <summary>Keeps a member who was changed; of one who has withdrawn, no trace of the request either.</summary>
    /// <exception cref="ConcurrencyException">Somebody else was faster.</exception>
    Task Save(Member member, MessageContext context, CancellationToken cancellation);
}

/// <summary>A request that may be repeated.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Fingerprint">Tells another request under the same key from this one.</param>
public sealed record KeyedSignUp(RequestKey Key, string Fingerprint);

/// <summary>The member whom a request asked for.</summary>
/// <param name="Member">As they are now.</param>
/// <param name="Fingerprint">What was asked; null once they have withdrawn.</param>
public sealed record RequestedMember(Member Member, string? Fingerprint);

/// <summary>Where new membership numbers come from.</summary>
public interface IMembershipNumbers
{
    /// <summary>A number that nobody can guess and that very probably nobody has.</summary>
    MembershipNumber Draw();
}
