using System.Text.RegularExpressions;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>
/// A customer shows a card in the provider's own page in the browser, which hands back a key for that once; here it becomes a card that can be
/// charged later without the customer. No card number ever comes near us.
/// </summary>
internal sealed partial class RegisteringCards(TossApi api, CustomerCards cards)
{
    private const int LongestCustomer = 100;
    private const int LongestAuthKey = 300;

    /// <summary>Registers the card that the customer is charged with from now on.</summary>
    public async Task<Result<Unit>> Handle(string customer, string? customerKey, string? authKey, CancellationToken cancellation)
    {
        if (customer.Length > LongestCustomer)
            return Error.Invalid("customerId", $"A customer's id has {LongestCustomer} characters at the most.");

        if (customerKey is null || !CustomerKeys().IsMatch(customerKey))
            return Error.Invalid("customerKey", "customerKey is what the browser gave the card page: 2 to 300 letters, digits and - _ = . @");

        if (authKey is not { Length: > 0 and <= LongestAuthKey } || authKey.Any(static sign => !char.IsAscii(sign) || char.IsControl(sign)))
            return Error.Invalid("authKey", "authKey is what the card page handed back.");

        var answer = await api.Register(authKey, customerKey, cancellation);
        if (!answer.Has(out var card))
        {
            return answer.Meaning is TossMeaning.Declined
                ? new Error(ErrorKind.Declined, "CARD_DECLINED", answer.Message)
                : Error.Unavailable("CARD_NOT_REGISTERED", "The payment provider did not register the card; show it again.", TimeSpan.FromSeconds(1));
        }

        await cards.Keep(customer, card, cancellation);
        return Unit.Value;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9\-_=.@]{2,300}\z", RegexOptions.NonBacktracking)]
    private static partial Regex CustomerKeys();
}
