using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers.Members;

/// <summary>End a membership.</summary>
/// <param name="Number">The member's number, as somebody wrote it.</param>
public sealed record Withdraw(string Number);

/// <summary>Lets members go.</summary>
/// <param name="members">Where they are kept.</param>
/// <param name="clock">Tells when.</param>
public sealed class Withdrawing(IMembers members, TimeProvider clock)
{
    /// <summary>Answers with what is left: the number, which is never issued again, and its points.</summary>
    public Task<Result<Member>> Handle(Withdraw command, MessageContext cause, CancellationToken cancellation) => Concurrency.RetryOnConflict(async () =>
    {
        if ((await members.Get(command.Number, cancellation)).IsError(out var refusal, out var member))
            return refusal;
        member.Withdraw(clock.GetUtcNow().TruncateToMilliseconds());
        await members.Save(member, cause, cancellation);
        return (Result<Member>)member;
    });
}
