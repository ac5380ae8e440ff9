namespace FoodDelivery.Customers.Ports;

/// <summary>The store of what was sent to confirm telephones, and of what came back.</summary>
public interface IPhoneConfirmations
{
    /// <summary>The holder's confirmation; null if they never asked for a code.</summary>
    Task<PhoneConfirmation?> Find(PhoneHolder holder, CancellationToken cancellation);

    /// <summary>Keeps a confirmation that was changed.</summary>
    /// <exception cref="ConcurrencyException">Somebody else was faster.</exception>
    Task Save(PhoneConfirmation confirmation, CancellationToken cancellation);
}

/// <summary>Where codes come from.</summary>
public interface IPhoneCodes
{
    /// <summary>Six digits that nobody can guess.</summary>
    string Draw();
}
