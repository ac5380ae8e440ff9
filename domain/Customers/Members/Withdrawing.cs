using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers.Members;

/// <summary>End a membership.</summary>
/// <param name="Number">The member's number, as somebody wrote it.</param>
public sealed record Withdraw(string Number);

/// <summary>Lets members go.</summary>
/// <param name="members">Where they are kept.</param>
/// <param name="time">Tells when.</param>
public sealed class Withdrawing(IMembers members, TimeProvider time)
{
    /// <summary>Answers with what is left: the number, which is never issued again, and its points.</summary>
    public Task<Outcome<Member>> Handle(Withdraw command, Cause cause, CancellationToken cancellation) => Deciding.UntilFresh(async () =>
    {
        if ((await members.Get(command.Number, cancellation)).IsRejected(out var refusal, out var member))
            return refusal;
        member.Withdraw(time.Moment());
        await members.Save(member, cause, cancellation);
        return (Outcome<Member>)member;
    });
}
