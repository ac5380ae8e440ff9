using System.Security.Cryptography;
using System.Text;
using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

/// <summary>Order these dishes, and pay for them now.</summary>
/// <param name="Items">1 to <see cref="OrderDetails.MaxLines"/> dishes.</param>
/// <param name="Store">From which store; null for the first whose menu has all dishes, or else the first one.</param>
/// <param name="Customer">The customer's name for itself; may be empty.</param>
/// <param name="Address">Where to; may be empty.</param>
/// <param name="MembershipNumber">Whose points; may be empty.</param>
/// <param name="Key">Makes the command safe to repeat; null if it is not to be.</param>
public sealed record PlaceOrder(
    IReadOnlyList<OrderItem> Items, StoreId? Store, string Customer, string Address, string MembershipNumber, RequestKey? Key)
{
    /// <summary>What is wrong with the input, whatever the menus say; or null.</summary>
    internal Error? Validate() =>
        Items.Count is 0 or > OrderDetails.MaxLines
            ? Error.Invalid("items", $"An order has 1 to {OrderDetails.MaxLines} items, not {Items.Count}.")
            : FreeText.Validate("customerId", Customer)
                ?? FreeText.Validate("address", Address)
                ?? FreeText.Validate("membershipNumber", MembershipNumber)
                ?? (Key is null ? null : FreeText.Validate("requestId", Key.Key))
                ?? Items.Select(static (item, index) => item.Validate(name => Field(name, index))).FirstOrDefault(static flaw => flaw is not null);

    /// <summary>How a part of an item is called in a refusal.</summary>
    internal static string Field(string name, int index) => $"items[{index}].{name}";
}

/// <summary>A dish that the customer wants.</summary>
/// <param name="Item">Its name, in any spelling that the menu knows.</param>
/// <param name="Quantity">How many: 1 to <see cref="OrderLine.MaxQuantity"/>.</param>
/// <param name="Price">The price of one that the customer saw, in won; null for today's.</param>
public sealed record OrderItem(string Item, long Quantity, long? Price)
{
    internal Error? Validate(Func<string, string> field)
    {
        if (!UnicodeText.IsVisible(Item))
            return Error.Invalid(field("item"), "The dish is missing: which is it?");

        if (Quantity is < 1 or > OrderLine.MaxQuantity)
            return Error.Invalid(field("quantity"), $"The quantity is {Quantity}; it must be 1 to {OrderLine.MaxQuantity}.");

        return Price is { } price && (price < 1 || price > OrderLine.MaxUnitPrice.Won)
            ? Error.Invalid(field("unitPriceWon"), $"The price is {price}; it must be 1 to {OrderLine.MaxUnitPrice.Won} won.")
            : FreeText.Validate(field("item"), Item.Trim());
    }
}

/// <summary>The way of one order: dishes from the menus, an attempt, the payment, and only then the order.</summary>
public sealed class PlaceOrderHandler(IMenus menus, IAttempts attempts, IPayments payments, IOrders orders, TimeProvider clock)
{
    /// <summary>
    /// Answers with the paid order, which is the caller's own unless its scope is wider. Whatever else happens, no order is left behind, and no
    /// money that is not sent back.
    /// </summary>
    public async Task<Result<Order>> Handle(PlaceOrder command, AccessScope scope, MessageContext cause, CancellationToken cancellation)
    {
        if (scope.For(command.Customer).IsError(out var refusal, out var customer))
            return refusal;

        command = command with { Customer = customer };
        if (command.Validate() is { } flaw)
            return flaw;

        var attempt = command.Key is { } key ? await attempts.Find(key, cancellation) : null;
        if (attempt is { State: not AttemptState.Open })
            return Fingerprint.IsOf(command, attempt) ? await Answer(attempt, cancellation) : KeyReused;

        // Before anything is written: who is turned away leaves nothing behind.
        if (!payments.TryAcquire(command.Customer, out var lease, out refusal))
            return refusal;

        using (lease)
        {
            if (attempt is null && (await Open(command, cancellation)).IsError(out refusal, out attempt))
                return refusal;

            if (!Fingerprint.IsOf(command, attempt))
                return KeyReused;

            // Under the same key another request may have been faster, and be done.
            return attempt.State == AttemptState.Open ? await Pay(attempt, cause, cancellation) : await Answer(attempt, cancellation);
        }
    }

    private async Task<Result<OrderAttempt>> Open(PlaceOrder command, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().TruncateToMilliseconds();
        return DishSelection.From(await menus.Current(cancellation), command, now).IsError(out var refusal, out var details)
            ? refusal
            : await attempts.Open(new(command.Key, Fingerprint.Of(command), details, now), cancellation);
    }

    private async Task<Result<Order>> Pay(OrderAttempt attempt, MessageContext cause, CancellationToken cancellation)
    {
        var paid = await payments.Approve(attempt, cancellation);
        var now = clock.GetUtcNow().TruncateToMilliseconds();
        if (!paid.IsError(out var refusal, out var paymentId))
        {
            var order = attempt.Place(paymentId, now);
            if (await attempts.Close(attempt, order, cause, cancellation))
                return order;
        }
        else if (refusal.Kind == ErrorKind.Declined)
        {
            attempt.Decline(refusal.Message, now);
            if (await attempts.Close(attempt, cause, cancellation))
                return attempt.Refusal;
        }
        else if (refusal.Kind == ErrorKind.Conflict)
        {
            attempt.GiveUpNumber();
            if (await attempts.Close(attempt, cause, cancellation))
                return refusal;
        }
        else
        {
            // Unclear whether money has moved: the attempt stays open for a repeated request, or for the sweeper.
            return refusal;
        }

        // A repeated request or the sweeper has closed it meanwhile: what they decided holds.
        var closed = await attempts.Find(attempt.Id, cancellation) ?? throw new InvalidOperationException($"Attempt {attempt.Id} is gone.");
        return await Answer(closed, cancellation);
    }

    private async Task<Result<Order>> Answer(OrderAttempt closed, CancellationToken cancellation) => closed.State switch
    {
        AttemptState.Placed when await orders.Find(closed.Id, cancellation) is { } order => order,
        AttemptState.Declined => closed.Refusal,
        _ => Error.Unavailable("ATTEMPT_ABANDONED", "The order took too long and was given up; nothing is charged.", TimeSpan.FromSeconds(1)),
    };

    private static Error KeyReused => new(ErrorKind.KeyReused, "IDEMPOTENCY_KEY_REUSED", "This key was used before, for another order.");
}

/// <summary>Tells two requests under one key apart, without keeping either.</summary>
internal static class Fingerprint
{
    public static bool IsOf(PlaceOrder command, OrderAttempt attempt) =>
        string.Equals(attempt.Request.Fingerprint, Of(command), StringComparison.Ordinal);

    public static string Of(PlaceOrder command)
    {
        var text = new StringBuilder();
        Append(command.Store?.ToString());
        Append(command.Customer);
        Append(command.Address);
        Append(command.MembershipNumber);
        foreach (var item in command.Items)
        {
            Append(item.Item);
            Append(item.Quantity.ToString());
            Append(item.Price?.ToString());
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        // Each length stands before its text, so that no text can pretend to be two.
        void Append(string? part) => text.Append(part?.Length ?? -1).Append(':').Append(part);
    }
}
