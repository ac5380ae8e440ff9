using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>One member.</summary>
public sealed class GetMemberHandler(IMembers members)
{
    /// <summary>Whoever has the number that somebody wrote, or that there is nobody.</summary>
    public Task<Result<Member>> Handle(string number, AccessScope scope, CancellationToken cancellation) => members.Get(number, scope, cancellation);
}

/// <summary>A member's points, and a page of where they come from.</summary>
/// <param name="Number">The member's number, as somebody wrote it.</param>
/// <param name="Page">The page's number from 0.</param>
/// <param name="Size">At most so many changes.</param>
public sealed record GetPoints(string Number, long Page, int Size);

/// <summary>A member's points.</summary>
public sealed class GetPointsHandler(IMembers members, IPoints points)
{
    /// <summary>The account, or that there is no such member.</summary>
    public async Task<Result<PointsAccount>> Handle(GetPoints query, AccessScope scope, CancellationToken cancellation) =>
        (await members.Get(query.Number, scope, cancellation)).IsError(out var refusal, out var member)
            ? refusal
            : await points.Account(member.Number, query.Page, query.Size, cancellation);
}

/// <summary>Reading members for a caller.</summary>
internal static class MemberReading
{
    /// <summary>The member with the number that somebody wrote, or that there is none, which is also said of one beyond the scope.</summary>
    internal static async Task<Result<Member>> Get(this IMembers members, string number, AccessScope scope, CancellationToken cancellation) =>
        MembershipNumber.TryParse(number, out var parsed)
        && await members.Find(parsed, cancellation) is { } member
        && scope.CoversCustomer(member.CustomerId, parsed)
            ? member
            : Error.NotFound("member", number);
}
