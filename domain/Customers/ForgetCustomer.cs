using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>A customer is to be forgotten.</summary>
/// <param name="CustomerId">Who.</param>
public sealed record ForgetCustomer(string CustomerId);

/// <summary>Forgets who a customer's members are.</summary>
public sealed class ForgetCustomerHandler(IMembers members, WithdrawHandler withdraw)
{
    /// <summary>All memberships of the customer end, and with each what the member has said; repeated, it changes nothing.</summary>
    public async Task Handle(ForgetCustomer command, MessageContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(context);

        // Of several members each is a transaction of its own, so that it is no event that is handled once.
        var cause = MessageContext.Command(context.Id);
        foreach (var number in await members.Of(command.CustomerId, cancellation))
            await withdraw.Handle(new Withdraw(number.Digits), AccessScope.Everything, cause, cancellation);
    }
}
