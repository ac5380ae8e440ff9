namespace FoodDelivery.Services.Identity.Keys;

/// <summary>When keys come and go.</summary>
/// <param name="Period">How long one signs.</param>
/// <param name="Ahead">How long before it signs it is published, so that everybody knows it by then.</param>
/// <param name="Kept">How long it stays published after it has signed for the last time: until the last token has expired.</param>
internal sealed record KeySchedule(TimeSpan Period, TimeSpan Ahead, TimeSpan Kept);
