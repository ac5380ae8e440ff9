namespace FoodDelivery.Customers;

/// <summary>A language that notifications are written in.</summary>
public enum Language
{
    /// <summary>Korean, unless the recipient wishes otherwise.</summary>
    Korean,

    /// <summary>English.</summary>
    English,
}
