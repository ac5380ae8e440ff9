using System.Text.RegularExpressions;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>Makes the key that the card page handed back a card that can be charged later without the customer.</summary>
internal sealed partial class RegisteringCards(TossApi api, CustomerCards cards) : ICards
{
    private const int LongestCustomer = 100;
    private const int LongestAuthKey = 300;

    public async Task<Result<Unit>> Register(RegisterCard command, CancellationToken cancellation)
    {
        var (customer, customerKey, authKey) = command;
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
