using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Payments;

/// <summary>Charge nothing more to a customer's card, and forget it.</summary>
/// <param name="Customer">Whose card.</param>
public sealed record RemoveCard(string Customer);

/// <summary>Removes customers' cards, where the provider wants them registered.</summary>
public sealed class RemoveCardHandler(ICards cards)
{
    /// <summary>Done, also where there was none: it may be asked again. Nobody removes somebody else's card.</summary>
    public async Task<Result<Unit>> Handle(RemoveCard command, AccessScope scope, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (scope.For(command.Customer).IsError(out var refusal, out var customer))
            return refusal;

        if (customer.Length == 0)
            return Error.Invalid("customerId", "customerId must say whose card.");

        await cards.Remove(customer, cancellation);
        return Unit.Value;
    }
}
