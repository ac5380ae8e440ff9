using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Adapters.Customers.Members;

/// <summary>The members for callers whose reach ends at themselves; others are not there.</summary>
internal static class OwnMember
{
    public static async Task<Result<Member>> Get(this IMembers members, string number, AccessScope reach, CancellationToken cancellation)
    {
        var found = await members.Get(number, cancellation);
        return found.IsError(out _, out var member) || reach.CoversCustomer(member.CustomerId) ? found : Error.NotFound("member", number);
    }

    /// <summary>Does something to a member within reach; whose membership it is never changes, so that it can be looked at before.</summary>
    public static async Task<Result<Member>> Change(
        this IMembers members, string number, AccessScope reach, Func<Task<Result<Member>>> change, CancellationToken cancellation) =>
        reach.Customer is not null && (await members.Get(number, reach, cancellation)).IsError(out var refusal) ? refusal : await change();
}
