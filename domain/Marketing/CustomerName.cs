namespace FoodDelivery.Marketing;

/// <summary>Customers' names for themselves, as Ordering takes them.</summary>
public static class CustomerName
{
    private const int MaxLength = 500;

    /// <summary>What is wrong with a name that somebody asks for, or null.</summary>
    public static Error? Validate(string name)
    {
        if (name.Length > MaxLength)
            return Error.Invalid("customerId", $"customerId has {name.Length} characters; at most {MaxLength} are allowed.");
        return name.Any(char.IsControl) ? Error.Invalid("customerId", "customerId has a control character.") : null;
    }
}
