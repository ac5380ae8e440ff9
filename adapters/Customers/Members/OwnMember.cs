using FoodDelivery.Customers.Members;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Hosting.Security;

namespace FoodDelivery.Adapters.Customers.Members;

/// <summary>The members for callers whose reach ends at themselves; others are not there.</summary>
internal static class OwnMember
{
    public static async Task<Outcome<Member>> Get(this IMembers members, string number, Reach reach, CancellationToken cancellation)
    {
        var found = await members.Get(number, cancellation);
        return found.IsRejected(out _, out var member) || reach.CoversCustomer(member.CustomerId) ? found : Rejection.NotFound("member", number);
    }

    /// <summary>Does something to a member within reach; whose membership it is never changes, so that it can be looked at before.</summary>
    public static async Task<Outcome<Member>> Change(
        this IMembers members, string number, Reach reach, Func<Task<Outcome<Member>>> change, CancellationToken cancellation) =>
        reach.Customer is not null && (await members.Get(number, reach, cancellation)).IsRejected(out var refusal) ? refusal : await change();
}
