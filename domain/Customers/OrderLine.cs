namespace FoodDelivery.Customers;

/// <summary>One dish of an order.</summary>
/// <param name="Item">As the customer wrote it.</param>
/// <param name="Quantity">How many, from 1.</param>
/// <param name="UnitPrice">The price of one.</param>
/// <param name="DishId">Its number on the store's menu; 0 if it has none.</param>
public sealed record OrderLine(string Item, int Quantity, Money UnitPrice, long DishId);
