namespace FoodDelivery.Payments.Ports;

/// <summary>
/// The cards that customers are charged with, where the provider wants them registered. A customer shows a card on the provider's own page in the
/// browser, which hands back a key for that once; no card number ever comes near us.
/// </summary>
public interface ICards
{
    /// <summary>
    /// Registers the card that the customer is charged with from now on. Invalid input is refused with its field; a refused card is
    /// <see cref="ErrorKind.Declined"/>; without a clear answer <see cref="ErrorKind.Unavailable"/>: show it again.
    /// </summary>
    Task<Result<Unit>> Register(RegisterCard command, CancellationToken cancellation);

    /// <summary>Forgets the customer's card, in the files too; nothing if there is none.</summary>
    Task Remove(string customer, CancellationToken cancellation);
}
