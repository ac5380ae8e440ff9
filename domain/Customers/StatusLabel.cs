namespace FoodDelivery.Customers;

/// <summary>What people are shown for a status.</summary>
/// <param name="Ko">In Korean.</param>
/// <param name="En">In English.</param>
public sealed record StatusLabel(string Ko, string En);
