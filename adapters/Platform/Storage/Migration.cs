namespace FoodDelivery.Platform.Storage;

/// <summary>One step of a schema.</summary>
/// <param name="Owner">Whose tables these are; numbers are counted per owner.</param>
/// <param name="Number">Its place in the owner's order, from 1 without a gap.</param>
/// <param name="Name">What it does, in snake_case.</param>
/// <param name="Sql">Any number of statements.</param>
public sealed record Migration(string Owner, int Number, string Name, string Sql);
