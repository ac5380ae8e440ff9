using System.Collections.Frozen;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>
/// What the documented error codes mean (https://docs.tosspayments.com/reference/error-codes). Only codes that say that the card was refused are
/// a no; whatever is not listed, a code that will be added one day above all, leaves the outcome open.
/// </summary>
internal static class TossCodes
{
    private static readonly FrozenSet<string> Declines = FrozenSet.Create(
        StringComparer.Ordinal,
        "BELOW_MINIMUM_AMOUNT",
        "EXCEED_MAX_AMOUNT",
        "EXCEED_MAX_AUTH_COUNT",
        "EXCEED_MAX_DAILY_PAYMENT_COUNT",
        "EXCEED_MAX_ONE_DAY_AMOUNT",
        "EXCEED_MAX_PAYMENT_AMOUNT",
        "INVALID_BILL_KEY_REQUEST",
        "INVALID_CARD_EXPIRATION",
        "INVALID_CARD_LOST_OR_STOLEN",
        "INVALID_CARD_NUMBER",
        "INVALID_REJECT_CARD",
        "INVALID_STOPPED_CARD",
        "NOT_MATCHES_CUSTOMER_KEY",
        "NOT_REGISTERED_CARD_COMPANY",
        "NOT_SUPPORTED_CARD_TYPE",
        "REJECT_ACCOUNT_PAYMENT",
        "REJECT_CARD_COMPANY",
        "REJECT_CARD_PAYMENT");

    public static TossMeaning Meaning(int status, string code) => (status, code) switch
    {
        (409, "IDEMPOTENT_REQUEST_PROCESSING") => TossMeaning.Processing,
        (404, "NOT_FOUND_PAYMENT") => TossMeaning.NotFound,
        ( >= 400 and < 500, _) when Declines.Contains(code) => TossMeaning.Declined,
        _ => TossMeaning.Unclear,
    };
}
