using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Payments;

/// <summary>Charge a customer's orders to this card from now on.</summary>
/// <param name="Customer">Whose card.</param>
/// <param name="CustomerKey">What the browser called the customer on the provider's card page.</param>
/// <param name="AuthKey">What that page handed back: the key to the card, good for one registration.</param>
public sealed record RegisterCard(string Customer, string? CustomerKey, string? AuthKey);

/// <summary>Registers customers' cards, where the provider wants that.</summary>
public sealed class RegisterCardHandler(ICards cards)
{
    /// <summary>Done; or invalid, declined or unavailable, as the provider says. Nobody registers a card for somebody else.</summary>
    public async Task<Result<Unit>> Handle(RegisterCard command, AccessScope scope, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        return scope.For(command.Customer).IsError(out var refusal) ? refusal : await cards.Register(command, cancellation);
    }
}
