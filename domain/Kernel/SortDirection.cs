namespace FoodDelivery.Kernel;

/// <summary>Which end of the orders' numbers a list begins at.</summary>
public enum SortDirection
{
    /// <summary>The newest order first.</summary>
    Descending,

    /// <summary>The oldest order first.</summary>
    Ascending,
}
