using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>
/// Toss Payments: charges the card that the customer has registered, on the server's word alone. The order's number is the provider's order id
/// and the idempotency key, so that it charges once however often it is asked; an answer that is unclear is settled by looking the order up.
/// </summary>
internal sealed class TossProvider(TossApi api, TossCards cards, TossOrderIds numbers, UnlistedCodes codes, TimeProvider clock)
    : IPaymentProvider, IProviderBooks
{
    private const string Reason = "The order was not carried out.";
    private static readonly TimeSpan UntilProcessed = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TryLater = TimeSpan.FromSeconds(1);

    public async Task<Result<Charge>> Approve(OrderId order, Money amount, string customerId, string attempt, CancellationToken cancellation)
    {
        var number = await numbers.Of(order, cancellation);
        var answer = await Charged(customerId, number, amount, attempt, cancellation);
        if (!answer.Has(out var payment))
        {
            // Also after a clear no: an earlier try may have charged another card of the same customer.
            var found = await api.Find(number, cancellation);
            if (!found.Has(out payment))
            {
                return IsRefused(answer, customerId) && found.Meaning is TossMeaning.NotFound
                    ? new Charge(ChargeState.Declined, amount, answer.Message)
                    : Unclear;
            }
        }

        var books = Read(payment, number);
        return books.IsError(out _, out var charge) ? books : charge.AnswerTo(order, amount, attempt);
    }

    public async Task<Result<Charge>> Find(OrderId order, CancellationToken cancellation)
    {
        var number = await numbers.Of(order, cancellation);
        return Read(await api.Find(number, cancellation), number);
    }

    public async Task<Result<Charge>> Refund(OrderId order, CancellationToken cancellation)
    {
        var number = await numbers.Of(order, cancellation);
        var found = await api.Find(number, cancellation);
        if (!IsHeld(found, out var payment))
            return Read(found, number);

        var after = await Cancelled(payment, $"{number}-cancel", number, cancellation);

        // A key remembers an error as it does a success, and would repeat it for days. Another key is safe here: all that is left is given
        // back, and of what was given back nothing is left.
        if (IsHeld(after, out payment))
            after = await Cancelled(payment, $"{number}-cancel-{Guid.CreateVersion7(clock.GetUtcNow())}", number, cancellation);

        return Read(after, number);
    }

    public async Task<Result<BooksPage>> List(DateTimeOffset from, DateTimeOffset until, string after, int limit, CancellationToken cancellation)
    {
        if (!(await api.List(from, until, after, limit, cancellation)).Has(out var listed))
            return Unclear;

        var entries = new List<BookEntry>();
        foreach (var transaction in listed)
        {
            // Another installation's orders are its own business.
            if (await numbers.Read(transaction.OrderId, cancellation) is { } order)
                entries.Add(new BookEntry(order, StateOf(transaction.Status)));
        }

        return new BooksPage(entries, listed.Length == limit ? listed[^1].TransactionKey : null);
    }

    public async Task<Result<BookedCharge>> Look(OrderId order, CancellationToken cancellation)
    {
        var number = await numbers.Of(order, cancellation);
        var found = await api.Find(number, cancellation);
        if (Read(found, number).IsError(out var unclear, out var charge))
            return unclear;

        return found.Has(out var payment)
            ? new BookedCharge(
                charge,
                payment is { Status: "PARTIAL_CANCELED", BalanceAmount: { } left } ? new Money((long)(payment.TotalAmount - left)) : Money.Zero,
                payment.ApprovedAt ?? payment.RequestedAt ?? DateTimeOffset.MaxValue)
            : BookedCharge.None;
    }

    private bool IsRefused(TossAnswer<TossPayment> answer, string customerId) =>
        answer.Meaning is TossMeaning.Declined || (answer.Meaning is TossMeaning.Unlisted && !codes.IsShared(answer.Code, customerId));

    private async Task<TossAnswer<TossPayment>> Charged(string customerId, string number, Money amount, string attempt, CancellationToken cancellation)
    {
        var registered = await cards.Of(customerId, cancellation);
        return registered.Has(out var card)
            ? await Processed(() => api.Charge(card, number, TossOrderNames.Of(number, attempt), amount, cancellation), cancellation)
            : TossAnswer<TossPayment>.Without(registered.Meaning, registered.Message);
    }

    // The payment as the books have it afterwards, whatever the answer was.
    private async Task<TossAnswer<TossPayment>> Cancelled(TossPayment payment, string key, string number, CancellationToken cancellation)
    {
        var answer = await Processed(() => api.Cancel(payment, Reason, key, cancellation), cancellation);
        return answer.Has(out _) ? answer : await api.Find(number, cancellation);
    }

    // A request that is under way already is asked for until it has its outcome, or until time is up.
    private async Task<TossAnswer<TossPayment>> Processed(Func<Task<TossAnswer<TossPayment>>> request, CancellationToken cancellation)
    {
        while (true)
        {
            var answer = await request();
            if (answer.Has(out _) || answer.Meaning is not TossMeaning.Processing)
                return answer;

            await Task.Delay(UntilProcessed, clock, cancellation);
        }
    }

    private static bool IsHeld(TossAnswer<TossPayment> answer, [NotNullWhen(true)] out TossPayment? payment) =>
        answer.Has(out payment) && payment.Status is "DONE" or "PARTIAL_CANCELED";

    private static Result<Charge> Read(TossAnswer<TossPayment> found, string number) =>
        found.Has(out var payment) ? Read(payment, number)
        : found.Meaning is TossMeaning.NotFound ? Charge.None
        : Unclear;

    // https://docs.tosspayments.com/reference#payment-객체: the statuses of a payment.
    private static Result<Charge> Read(TossPayment payment, string number) => payment.Status switch
    {
        _ when payment.OrderId != number || !payment.IsWhole => Unclear,
        "DONE" or "PARTIAL_CANCELED" => ChargeOf(payment, ChargeState.Approved),
        "CANCELED" => ChargeOf(payment, ChargeState.Refunded),
        "ABORTED" or "EXPIRED" => ChargeOf(payment, ChargeState.Declined, payment.Failure?.Message ?? ""),
        _ => Unclear,
    };

    private static ChargeState? StateOf(string status) => status switch
    {
        "DONE" => ChargeState.Approved,
        "CANCELED" => ChargeState.Refunded,
        "ABORTED" or "EXPIRED" => ChargeState.Declined,
        _ => null,
    };

    private static Charge ChargeOf(TossPayment payment, ChargeState state, string reason = "") =>
        new(state, new Money((long)payment.TotalAmount), reason) { Attempt = TossOrderNames.AttemptIn(payment.OrderName, payment.OrderId) };

    private static Error Unclear => Error.Unavailable(
        "PROVIDER_UNCLEAR", "The payment provider gave no clear answer; ask again for the same order.", TryLater);
}

/// <summary>
/// Whom the codes hit that are not listed: what is wrong with one customer's card stays that customer's, and what hits several is the provider's or ours.
/// </summary>
internal sealed class UnlistedCodes(TimeProvider clock)
{
    private const int Several = 3;
    private const int MaxCodes = 100;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly Lock _noting = new();
    private readonly Dictionary<string, Dictionary<string, DateTimeOffset>> _hit = new(StringComparer.Ordinal);

    /// <summary>Notes that the code hit the customer, and tells whether it has hit several lately. More codes at once than anybody has are nobody's card.</summary>
    public bool IsShared(string code, string customerId)
    {
        lock (_noting)
        {
            Forget(clock.GetUtcNow());
            if (!_hit.TryGetValue(code, out var customers))
            {
                if (_hit.Count == MaxCodes)
                    return true;

                _hit[code] = customers = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            }

            if (customers.Count < Several || customers.ContainsKey(customerId))
                customers[customerId] = clock.GetUtcNow();
            return customers.Count >= Several;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (code, customers) in _hit)
        {
            foreach (var (customer, at) in customers)
            {
                if ((now - at).Duration() > Remembered)
                    customers.Remove(customer);
            }

            if (customers.Count == 0)
                _hit.Remove(code);
        }
    }
}

/// <summary>
/// What is bought, as the provider's books name it: the order's number and, behind it, the attempt. So the books tell whose a charge is, also where
/// ours, restored from a backup, give a number out again.
/// </summary>
internal static class TossOrderNames
{
    public static string Of(string number, string attempt) => attempt.Length == 0 ? number : $"{number} {attempt}";

    public static string AttemptIn(string? name, string number) =>
        name is not null && name.StartsWith(number + " ", StringComparison.Ordinal) ? name[(number.Length + 1)..] : "";
}

/// <summary>
/// What the provider calls our orders: 6 to 64 letters, digits, hyphens. Ours begin at 1 in every installation, and a merchant may have several,
/// or a new one after an old one: so each has a name of its own, made up once and kept with its payments, and never takes another's charge for its own.
/// </summary>
internal sealed class TossOrderIds(IDatabase database)
{
    private const string Signs = "abcdefghijkmnpqrstuvwxyz23456789";
    private const string Name = """
        insert into provider_installation (singleton, name) values (1, @Name)
        on conflict (singleton) do update set singleton = excluded.singleton
        returning name
        """;

    private volatile string? _name;

    /// <summary>The order's number as the provider knows it.</summary>
    public async ValueTask<string> Of(OrderId order, CancellationToken cancellation)
    {
        _name ??= (await database.WriteOne<Row>(Name, new { Name = RandomNumberGenerator.GetString(Signs, 12) }, cancellation))!.Name;
        return $"food-{_name}-{order}";
    }

    /// <summary>The order that the provider knows by that number; null if it is none of this installation's.</summary>
    public async ValueTask<OrderId?> Read(string number, CancellationToken cancellation) =>
        long.TryParse(number.AsSpan(number.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var order)
            && number == await Of(new OrderId(order), cancellation)
            ? new OrderId(order)
            : null;

    private sealed class Row
    {
        public string Name { get; init; } = "";
    }
}
