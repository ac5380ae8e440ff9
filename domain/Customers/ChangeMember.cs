using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>Say something else about a member; null leaves what is there.</summary>
/// <param name="Number">The member's number, as somebody wrote it.</param>
/// <param name="Name">Another name.</param>
/// <param name="Phone">Another phone.</param>
/// <param name="Channel">Another way to be told, or none.</param>
/// <param name="Language">Another language.</param>
public sealed record ChangeMember(string Number, string? Name, string? Phone, ContactChannel? Channel, Language? Language);

/// <summary>Lets members change what they have said.</summary>
/// <param name="members">Where they are kept.</param>
public sealed class ChangeMemberHandler(IMembers members)
{
    /// <summary>Answers with the member as they are now.</summary>
    public Task<Result<Member>> Handle(ChangeMember command, AccessScope scope, MessageContext context, CancellationToken cancellation) => Concurrency.RetryOnConflict(async () =>
    {
        if ((await members.Get(command.Number, scope, cancellation)).IsError(out var refusal, out var member))
            return refusal;
        var now = member.Profile;
        var changed = member.WithdrawnAt is not null ? now : MemberProfile.Of(
            command.Name ?? now.Name, command.Phone ?? now.Phone.Digits, command.Channel ?? now.Channel, command.Language ?? now.Language);
        if (changed.IsError(out refusal, out var profile) || member.Change(profile).IsError(out refusal))
            return refusal;
        await members.Save(member, context, cancellation);
        return (Result<Member>)member;
    });
}

/// <summary>End a membership.</summary>
/// <param name="Number">The member's number, as somebody wrote it.</param>
public sealed record Withdraw(string Number);

/// <summary>Lets members go.</summary>
/// <param name="members">Where they are kept.</param>
/// <param name="clock">Tells when.</param>
public sealed class WithdrawHandler(IMembers members, TimeProvider clock)
{
    /// <summary>Answers with what is left: the number, which is never issued again, and its points.</summary>
    public Task<Result<Member>> Handle(Withdraw command, AccessScope scope, MessageContext context, CancellationToken cancellation) => Concurrency.RetryOnConflict(async () =>
    {
        if ((await members.Get(command.Number, scope, cancellation)).IsError(out var refusal, out var member))
            return refusal;
        member.Withdraw(clock.GetUtcNow().TruncateToMilliseconds());
        await members.Save(member, context, cancellation);
        return (Result<Member>)member;
    });
}
