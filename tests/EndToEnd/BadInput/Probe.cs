namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>One bad request.</summary>
/// <param name="Kind">Of what kind, for the count.</param>
/// <param name="What">What is sent, so that it can be sent again by hand.</param>
/// <param name="Send">Sends it, and says what is wrong with the answer; null if nothing is.</param>
internal sealed record Probe(string Kind, string What, Func<Task<string?>> Send);
