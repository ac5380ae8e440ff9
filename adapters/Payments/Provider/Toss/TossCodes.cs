using System.Collections.Frozen;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>What an error means for the money.</summary>
internal enum TossMeaning
{
    /// <summary>Nobody knows whether the request had its effect, or will have.</summary>
    Unclear,

    /// <summary>The same request is under way; asked again, it tells its outcome.</summary>
    Processing,

    /// <summary>The card or its bank refused, for good.</summary>
    Declined,

    /// <summary>The provider does not know what was asked for.</summary>
    NotFound,

    /// <summary>
    /// The provider refused for a reason that is not listed here: the customer's, unless others are refused for it too, and then nobody knows.
    /// </summary>
    Unlisted,
}

/// <summary>
/// What the documented error codes mean (https://docs.tosspayments.com/reference/error-codes). Codes that say that the card was refused are a no, and
/// those that are about us, our key or the provider's trouble leave the outcome open; what is not listed, a code that will be added one day above all,
/// is told apart by whom it hits.
/// </summary>
internal static class TossCodes
{
    private static readonly FrozenSet<string> Declines = FrozenSet.Create(
        StringComparer.Ordinal,
        "BELOW_MINIMUM_AMOUNT",
        "EXCEED_MAX_AMOUNT",
        "EXCEED_MAX_AUTH_COUNT",
        "EXCEED_MAX_DAILY_PAYMENT_COUNT",
        "EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT",
        "EXCEED_MAX_ONE_DAY_AMOUNT",
        "EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT",
        "EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT",
        "EXCEED_MAX_PAYMENT_AMOUNT",
        "FDS_ERROR",
        "INVALID_ACCOUNT_INFO_RE_REGISTER",
        "INVALID_BILL_KEY_REQUEST",
        "INVALID_CARD_EXPIRATION",
        "INVALID_CARD_IDENTITY",
        "INVALID_CARD_LOST_OR_STOLEN",
        "INVALID_CARD_NUMBER",
        "INVALID_CARD_PASSWORD",
        "INVALID_PASSWORD",
        "INVALID_REJECT_CARD",
        "INVALID_STOPPED_CARD",
        "NOT_AVAILABLE_BANK",
        "NOT_MATCHES_CUSTOMER_KEY",
        "NOT_REGISTERED_CARD_COMPANY",
        "NOT_SUPPORTED_CARD_TYPE",
        "REJECT_ACCOUNT_PAYMENT",
        "REJECT_CARD_COMPANY",
        "REJECT_CARD_PAYMENT",
        "RESTRICTED_TRANSFER_ACCOUNT");

    // What says nothing of the card, whomever it hits.
    private static readonly FrozenSet<string> Troubles = FrozenSet.Create(
        StringComparer.Ordinal,
        "ALREADY_PROCESSED_PAYMENT",
        "CARD_PROCESSING_ERROR",
        "COMMON_ERROR",
        "DUPLICATED_ORDER_ID",
        "FAILED_CARD_COMPANY_RESPONSE",
        "FAILED_DB_PROCESSING",
        "FORBIDDEN_REQUEST",
        "INCORRECT_BASIC_AUTH_FORMAT",
        "INVALID_API_KEY",
        "INVALID_AUTHORIZE_AUTH",
        "INVALID_REQUEST",
        "INVALID_UNREGISTERED_SUBMALL",
        "NOT_AVAILABLE_PAYMENT",
        "NOT_FOUND_TERMINAL_ID",
        "NOT_REGISTERED_BUSINESS",
        "NOT_SUPPORTED_METHOD",
        "PROVIDER_ERROR",
        "TOO_MANY_REQUESTS",
        "UNAUTHORIZED_KEY",
        "UNAPPROVED_ORDER_ID");

    // What becomes of a card that the provider has forgotten already.
    private static readonly FrozenSet<string> Forgotten = FrozenSet.Create(
        StringComparer.Ordinal,
        "ALREADY_DELETED_BILLING_KEY",
        "INVALID_BILL_KEY_REQUEST",
        "NOT_FOUND_BILLING_KEY");

    /// <summary>Whether the code says that there is no such card. A mere 404 does not: an address that is wrong has one too.</summary>
    public static bool IsForgotten(string code) => Forgotten.Contains(code);

    public static TossMeaning Meaning(int status, string code) => (status, code) switch
    {
        (409, "IDEMPOTENT_REQUEST_PROCESSING") => TossMeaning.Processing,
        (404, "NOT_FOUND_PAYMENT") => TossMeaning.NotFound,
        ( >= 400 and < 500, _) when Declines.Contains(code) => TossMeaning.Declined,
        (400 or 403 or 404 or 422, { Length: > 0 }) when !Troubles.Contains(code) => TossMeaning.Unlisted,
        _ => TossMeaning.Unclear,
    };
}
