using System.Security.Cryptography;
using System.Text;
using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

/// <summary>Order these dishes, and pay for them now.</summary>
/// <param name="Items">1 to <see cref="OrderDetails.MaxLines"/> dishes.</param>
/// <param name="Store">From which store; null for the first whose menu has the first dish.</param>
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
            ? Error.Invalid(Items.Count == 0 ? "item" : "lines", $"An order has 1 to {OrderDetails.MaxLines} items, not {Items.Count}.")
            : FreeText.Validate("customerId", Customer)
                ?? FreeText.Validate("address", Address)
                ?? FreeText.Validate("membershipNumber", MembershipNumber)
                ?? (Key is null ? null : FreeText.Validate("Idempotency-Key", Key.Key))
                ?? Items.Select((item, index) => item.Validate(name => Field(name, index))).FirstOrDefault(static flaw => flaw is not null);

    /// <summary>How a field of an item is called: as in a request for one dish, or as in a list.</summary>
    internal string Field(string name, int index) => Items.Count == 1 ? name : $"lines[{index}].{name}";
}

/// <summary>A dish that the customer wants.</summary>
/// <param name="Item">Its name, in any spelling that the menu knows.</param>
/// <param name="Quantity">How many: 1 to <see cref="OrderLine.MaxQuantity"/>.</param>
/// <param name="Price">The price of one that the customer saw, in won; null for today's.</param>
public sealed record OrderItem(string Item, long Quantity, long? Price)
{
    internal Error? Validate(Func<string, string> field)
    {
        if (string.IsNullOrWhiteSpace(Item))
            return Error.Invalid(field("item"), $"{field("item")} is missing: which dish is it?");

        if (Quantity is < 1 or > OrderLine.MaxQuantity)
            return Error.Invalid(field("qty"), $"{field("qty")} is {Quantity}; it must be 1 to {OrderLine.MaxQuantity}.");

        return Price is { } price && (price < 1 || price > OrderLine.MaxUnitPrice.Won)
            ? Error.Invalid(field("price"), $"{field("price")} is {price}; it must be 1 to {OrderLine.MaxUnitPrice.Won} won.")
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
        if (scope.For(command.Customer).IsError(out var notOwn, out var customer))
            return notOwn;

        command = command with { Customer = customer };
        if (command.Validate() is { } flaw)
            return flaw;

        var earlier = command.Key is { } key ? await attempts.Find(key, cancellation) : null;
        if (earlier is { State: not AttemptState.Open })
            return await Conclude(earlier, command, cause, cancellation);

        // Before anything is written: who is turned away leaves nothing behind.
        if (!payments.TryEnter(out var place, out var refusal))
            return refusal;

        using (place)
        {
            return earlier is null && (await Open(command, cancellation)).IsError(out refusal, out earlier)
                ? refusal
                : await Conclude(earlier, command, cause, cancellation);
        }
    }

    private async Task<Result<OrderAttempt>> Open(PlaceOrder command, CancellationToken cancellation) =>
        DishSelection.From(await menus.Current(cancellation), command).IsError(out var refusal, out var details)
            ? refusal
            : await attempts.Open(new(command.Key, Fingerprint.Of(command), details, clock.GetUtcNow().TruncateToMilliseconds()), cancellation);

    private async Task<Result<Order>> Conclude(OrderAttempt attempt, PlaceOrder command, MessageContext cause, CancellationToken cancellation) =>
        string.Equals(attempt.Request.Fingerprint, Fingerprint.Of(command), StringComparison.Ordinal)
            ? await Conclude(attempt, cause, cancellation)
            : new Error(ErrorKind.KeyReused, "IDEMPOTENCY_KEY_REUSED", "This key was used before, for another order.");

    private async Task<Result<Order>> Conclude(OrderAttempt attempt, MessageContext cause, CancellationToken cancellation) => attempt.State switch
    {
        AttemptState.Open => await Pay(attempt, cause, cancellation),
        AttemptState.Placed when await orders.Find(attempt.Id, cancellation) is { } order => order,
        AttemptState.Declined => attempt.Refusal,
        _ => Error.Unavailable("ATTEMPT_ABANDONED", "The order took too long and was given up; nothing is charged.", TimeSpan.FromSeconds(1)),
    };

    private async Task<Result<Order>> Pay(OrderAttempt attempt, MessageContext cause, CancellationToken cancellation)
    {
        var details = attempt.Request.Details;
        var answer = await payments.Approve(attempt.Id, details.Total, details.Customer, cancellation);
        if (!answer.IsError(out var refusal, out var paymentId))
        {
            var order = attempt.Place(paymentId, clock.GetUtcNow().TruncateToMilliseconds());
            return await attempts.Close(attempt, order, cause, cancellation) ? order : await ConcludeAsOthersDid(attempt, cause, cancellation);
        }

        if (refusal.Kind != ErrorKind.Declined)
        {
            // Unclear whether money has moved: the attempt stays open for a repeated request, or for the sweeper.
            return refusal;
        }

        attempt.Decline(refusal.Message, clock.GetUtcNow().TruncateToMilliseconds());
        return await attempts.Close(attempt, cause, cancellation) ? attempt.Refusal : await ConcludeAsOthersDid(attempt, cause, cancellation);
    }

    private async Task<Result<Order>> ConcludeAsOthersDid(OrderAttempt lost, MessageContext cause, CancellationToken cancellation)
    {
        var closed = await attempts.Find(lost.Id, cancellation);
        return await Conclude(closed ?? throw new InvalidOperationException($"Attempt {lost.Id} is gone."), cause, cancellation);
    }
}

/// <summary>Tells two requests under one key apart, without keeping either.</summary>
internal static class Fingerprint
{
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
