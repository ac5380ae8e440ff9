using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using System.Text.RegularExpressions;

namespace FoodDelivery.Tests.Support.Toss;

/// <summary>The books behind the stub: payments by their order, and what the documented requests do with them.</summary>
public sealed partial class TossBooks
{
    /// <summary>The largest amount that a card allows, in won.</summary>
    public const long Limit = 1_000_000;

    private readonly Lock _writing = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _refusals = new(StringComparer.Ordinal);
    private readonly List<(string Key, Entry Payment)> _transactions = [];
    private readonly ConcurrentDictionary<string, string> _cards = new(StringComparer.Ordinal);

    /// <summary>From now on every charge of the customer is refused with that code.</summary>
    public void Refuse(string customerKey, string code) => _refusals[customerKey] = code;

    /// <summary>How long ago what is done now was done.</summary>
    public TimeSpan Age { get; set; } = TimeSpan.Zero;

    /// <summary>Somebody charges a card on the merchant's own page, past the merchant's server.</summary>
    public void ChargeByHand(string order, long amount)
    {
        lock (_writing)
            Note(_entries[order] = new Entry(order, $"pay_{_entries.Count + 1}", amount, "DONE", Cancels: 0, order) { At = Now });
    }

    /// <summary>Somebody gives money back on the merchant's own page; a part of it where an amount is named.</summary>
    public void CancelByHand(string order, long? amount = null)
    {
        lock (_writing)
        {
            var entry = _entries[order];
            Note(_entries[order] = amount is { } part
                ? entry with { Status = "PARTIAL_CANCELED", Returned = part }
                : entry with { Status = "CANCELED", Cancels = entry.Cancels + 1, Returned = entry.Amount });
        }
    }

    /// <summary>Somebody pays at the merchant's other shop, in dollars.</summary>
    public void ChargeAbroad(string order, decimal amount)
    {
        lock (_writing)
            Note(_entries[order] = new Entry(order, $"pay_{_entries.Count + 1}", (long)amount, "DONE", Cancels: 0, order) { At = Now, Abroad = amount });
    }

    /// <summary>The keys of all cards that are registered.</summary>
    public IReadOnlyCollection<string> Cards => [.. _cards.Keys];

    /// <summary>All payments that were ever charged.</summary>
    public IReadOnlyList<Entry> Entries
    {
        get
        {
            lock (_writing)
                return [.. _entries.Values];
        }
    }

    /// <summary>A card that was registered before the test began.</summary>
    public void Register(string billingKey, string customerKey) => _cards[billingKey] = customerKey;

    internal Reply Issue(JsonElement body)
    {
        var (authKey, customerKey) = (Text(body, "authKey"), Text(body, "customerKey"));
        if (!authKey.StartsWith("auth_", StringComparison.Ordinal))
            return Reply.Failure(400, "INVALID_REQUEST", "잘못된 요청입니다.");

        Register($"billing_{authKey}", customerKey);
        return Reply.Of(200, new { mId = "stub", customerKey, authenticatedAt = "2026-11-20T12:00:00+09:00", method = "카드", billingKey = $"billing_{authKey}" });
    }

    // The documentation tells of no body, and of no error.
    internal Reply Forget(string billingKey) => _cards.TryRemove(billingKey, out _)
        ? new Reply(200, [])
        : Reply.Failure(404, "NOT_FOUND_BILLING_KEY", "존재하지 않는 빌링키 입니다.");

    internal Reply Charge(string billingKey, JsonElement body)
    {
        var (order, amount) = (Text(body, "orderId"), body.GetProperty("amount").GetInt64());
        if (!_cards.TryGetValue(billingKey, out var customerKey))
            return Reply.Failure(400, "INVALID_BILL_KEY_REQUEST", "빌링키 인증이 완료되지 않았거나 유효하지 않은 빌링 거래 건입니다.");
        if (customerKey != Text(body, "customerKey"))
            return Reply.Failure(400, "NOT_MATCHES_CUSTOMER_KEY", "빌링 인증 고객키와 결제 요청 고객키가 일치하지 않습니다.");
        if (!OrderIds().IsMatch(order) || Text(body, "orderName") is not { Length: > 0 and <= 100 })
            return Reply.Failure(400, "INVALID_REQUEST", "잘못된 요청입니다.");
        if (_refusals.TryGetValue(customerKey, out var code))
            return Reply.Failure(400, code, "알 수 없는 사유로 거절되었습니다.");
        if (amount > Limit)
            return Reply.Failure(403, "REJECT_CARD_PAYMENT", "한도초과 혹은 잔액부족으로 결제에 실패했습니다.");

        lock (_writing)
        {
            if (_entries.ContainsKey(order))
                return Reply.Failure(400, "DUPLICATED_ORDER_ID", "이미 승인 및 취소가 진행된 중복된 주문번호 입니다. 다른 주문번호로 진행해주세요.");
            return Reply.Of(200, Note(_entries[order] = new Entry(order, $"pay_{_entries.Count + 1}", amount, "DONE", Cancels: 0, Text(body, "orderName")) { At = Now }).Payment);
        }
    }

    internal Reply Cancel(string paymentKey, JsonElement body)
    {
        lock (_writing)
        {
            if (_entries.Values.FirstOrDefault(entry => entry.PaymentKey == paymentKey) is not { } entry)
                return Reply.Failure(404, "NOT_FOUND_PAYMENT", "존재하지 않는 결제 정보 입니다.");
            if (Text(body, "cancelReason") is not { Length: > 0 and <= 200 })
                return Reply.Failure(400, "INVALID_REQUEST", "잘못된 요청입니다.");
            if (entry.Status == "CANCELED")
                return Reply.Failure(400, "ALREADY_CANCELED_PAYMENT", "이미 취소된 결제 입니다.");

            return Reply.Of(200, Note(_entries[entry.Order] = entry with { Status = "CANCELED", Cancels = entry.Cancels + 1, Returned = entry.Amount }).Payment);
        }
    }

    internal Reply Find(string order)
    {
        lock (_writing)
        {
            return _entries.GetValueOrDefault(order) is { } entry
                ? Reply.Of(200, entry.Payment)
                : Reply.Failure(404, "NOT_FOUND_PAYMENT", "존재하지 않는 결제 정보 입니다.");
        }
    }

    internal Reply FindByKey(string paymentKey)
    {
        lock (_writing)
        {
            return _entries.Values.FirstOrDefault(entry => entry.PaymentKey == paymentKey) is { } entry
                ? Reply.Of(200, entry.Payment)
                : Reply.Failure(404, "NOT_FOUND_PAYMENT", "존재하지 않는 결제 정보 입니다.");
        }
    }

    internal Reply List(IQueryCollection query)
    {
        var (from, until) = (Time(query["startDate"]!), Time(query["endDate"]!));
        var (after, limit) = (query["startingAfter"].ToString(), int.Parse(query["limit"]!, CultureInfo.InvariantCulture));
        lock (_writing)
        {
            return Reply.Of(200, _transactions
                .Where(one => one.Payment.At >= from && one.Payment.At < until)
                .SkipWhile(one => after.Length > 0 && one.Key != after)
                .Skip(after.Length > 0 ? 1 : 0)
                .Take(limit)
                .Select(static one => new
                {
                    mId = "stub",
                    transactionKey = one.Key,
                    paymentKey = one.Payment.PaymentKey,
                    orderId = one.Payment.Order,
                    method = "카드",
                    status = one.Payment.Status,
                    transactionAt = Seoul(one.Payment.At),
                    currency = one.Payment.Currency,
                    amount = one.Payment.Total,
                }));
        }
    }

    private static string Seoul(DateTimeOffset time) => time.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) =>
        new(DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), TimeSpan.FromHours(9));

    private DateTimeOffset Now => TimeProvider.System.GetUtcNow() - Age;

    private Entry Note(Entry entry)
    {
        _transactions.Add(($"transaction_{_transactions.Count + 1}", entry));
        return entry;
    }

    private static string Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    [GeneratedRegex(@"\A[A-Za-z0-9\-_=]{6,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex OrderIds();

    /// <summary>A payment.</summary>
    /// <param name="Order">The merchant's order id.</param>
    /// <param name="PaymentKey">The provider's own key.</param>
    /// <param name="Amount">In won.</param>
    /// <param name="Status">DONE, CANCELED or PARTIAL_CANCELED.</param>
    /// <param name="Cancels">How often money went back.</param>
    /// <param name="Name">What was bought, as the merchant called it.</param>
    public sealed record Entry(string Order, string PaymentKey, long Amount, string Status, int Cancels, string Name)
    {
        /// <summary>The merchant's own number of the order, which its order id ends with.</summary>
        public long Number => long.Parse(Order[(Order.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture);

        /// <summary>Whether the merchant has the money.</summary>
        public bool IsHeld => Status != "CANCELED";

        /// <summary>How much went back, in won.</summary>
        public long Returned { get; init; }

        /// <summary>When it was charged.</summary>
        public DateTimeOffset At { get; init; }

        /// <summary>In dollars; null for what was paid in won.</summary>
        public decimal? Abroad { get; init; }

        internal string Currency => Abroad is null ? "KRW" : "USD";

        internal decimal Total => Abroad ?? Amount;

        // As the documentation's sample: https://docs.tosspayments.com/reference#payment-객체
        internal object Payment => new
        {
            mId = "stub",
            lastTransactionKey = "9C62B18EEF0DE3EB7F4422EB6D14BC6E",
            paymentKey = PaymentKey,
            orderId = Order,
            orderName = Name,
            taxExemptionAmount = 0,
            status = Status,
            requestedAt = Seoul(At),
            approvedAt = Seoul(At),
            useEscrow = false,
            cultureExpense = false,
            card = new
            {
                issuerCode = "71",
                acquirerCode = "71",
                number = "12345678****000*",
                installmentPlanMonths = 0,
                isInterestFree = false,
                interestPayer = (string?)null,
                approveNo = "00000000",
                useCardPoint = false,
                cardType = "신용",
                ownerType = "개인",
                acquireStatus = "READY",
                amount = Total,
            },
            virtualAccount = (object?)null,
            transfer = (object?)null,
            mobilePhone = (object?)null,
            giftCertificate = (object?)null,
            cashReceipt = (object?)null,
            cashReceipts = (object?)null,
            discount = (object?)null,
            cancels = Returned == 0
                ? null
                : new[]
                {
                    new
                    {
                        transactionKey = "090A796806E726BBB929F4A2CA7DB9A7",
                        cancelReason = "테스트 결제 취소",
                        taxExemptionAmount = 0,
                        canceledAt = Seoul(At),
                        transferDiscountAmount = 0,
                        easyPayDiscountAmount = 0,
                        receiptKey = (string?)null,
                        cancelAmount = Returned,
                        taxFreeAmount = 0,
                        refundableAmount = Total - Returned,
                        cancelStatus = "DONE",
                        cancelRequestId = (string?)null,
                    },
                },
            secret = (string?)null,
            type = "BILLING",
            easyPay = (object?)null,
            country = "KR",
            failure = (object?)null,
            isPartialCancelable = true,
            receipt = new { url = "https://dashboard.tosspayments.com/receipt/redirection" },
            checkout = new { url = "https://api.tosspayments.com/v1/payments/checkout" },
            currency = Currency,
            totalAmount = Total,
            balanceAmount = Total - Returned,
            suppliedAmount = Total,
            vat = 0,
            taxFreeAmount = 0,
            metadata = (object?)null,
            method = "카드",
            version = "2022-11-16",
        };
    }
}
