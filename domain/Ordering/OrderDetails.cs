namespace FoodDelivery.Ordering;

/// <summary>What is ordered, by whom and from whom. It never changes after the attempt, but for what is forgotten.</summary>
/// <param name="Store">The store that shall cook.</param>
/// <param name="Customer">The customer's name for itself; may be empty.</param>
/// <param name="Lines">1 to <see cref="MaxLines"/> dishes of that store.</param>
/// <param name="Address">Where to; may be empty.</param>
/// <param name="MembershipNumber">Whose points; may be empty.</param>
public sealed record OrderDetails(StoreId Store, string Customer, IReadOnlyList<OrderLine> Lines, string Address, string MembershipNumber)
{
    /// <summary>The most lines that one order may have.</summary>
    public const int MaxLines = 50;

    /// <summary>The most that one order may come to: the most that one payment may be about.</summary>
    public static readonly Money MaxTotal = new(1_000_000_000);

    /// <summary>What the store takes for bringing it; nothing in orders from before there were fees.</summary>
    public Money DeliveryFee { get; init; }

    /// <summary>What is taken off; never more than the dishes cost.</summary>
    public Money Discount { get; init; }

    /// <summary>What the dishes cost.</summary>
    public Money Items => Lines.Aggregate(Money.Zero, static (sum, line) => sum + line.Total);

    /// <summary>What the customer pays.</summary>
    public Money Total => new((Items + DeliveryFee).Won - Discount.Won);

    /// <summary>What is left of it once the customer is forgotten.</summary>
    public OrderDetails Erased() => this with { Address = ErasedText.Of(Address), MembershipNumber = ErasedText.Of(MembershipNumber) };
}

/// <summary>One dish of an order. Its limits keep every total far below what 64 bits hold.</summary>
/// <param name="Item">The dish as the customer wrote it.</param>
/// <param name="Quantity">How many: 1 to <see cref="MaxQuantity"/>.</param>
/// <param name="UnitPrice">The price of one, at most <see cref="MaxUnitPrice"/>.</param>
/// <param name="DishId">The dish's number on the store's menu.</param>
public sealed record OrderLine(string Item, int Quantity, Money UnitPrice, long DishId)
{
    /// <summary>The largest quantity of one line.</summary>
    public const int MaxQuantity = 99;

    /// <summary>The highest price of one dish.</summary>
    public static readonly Money MaxUnitPrice = new(100_000_000);

    /// <summary>The price of all of them.</summary>
    public Money Total => UnitPrice * Quantity;
}

/// <summary>What people may write into an order: any script, emoji included, but nothing that breaks a screen, a log or an encoding.</summary>
internal static class FreeText
{
    public const int MaxLength = 500;

    /// <summary>What is wrong with the text, or null.</summary>
    public static Error? Validate(string field, string text)
    {
        if (text.Length > MaxLength)
            return Error.Invalid(field, $"A text of {text.Length} characters; at most {MaxLength} are allowed.");

        return UnicodeText.Validate(text) is { } flaw ? Error.Invalid(field, $"The text {flaw}.") : null;
    }
}
