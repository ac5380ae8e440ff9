using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Adapters.Payments.Provider;

/// <summary>What a provider is allowed to cost.</summary>
/// <param name="Deadline">How long a call may take, all that it does included.</param>
/// <param name="AtOnce">How many charges may be under way at the same time, and how many other calls.</param>
internal sealed record ProviderBounds(TimeSpan Deadline, int AtOnce)
{
    // Settling makes two calls, and is done long before Reminders.Lease lets another take the payment in hand.
    private const int LongestDeadlineMs = 12_000;

    /// <exception cref="SettingException">One of the settings cannot be used.</exception>
    public static ProviderBounds Read(IConfiguration configuration) => new(
        TimeSpan.FromMilliseconds(Setting.WholeNumber(configuration, "Pay:ProviderTimeoutMs", otherwise: 10_000, least: 1, LongestDeadlineMs)),
        Setting.WholeNumber(configuration, "Pay:ProviderCallsAtOnce", otherwise: 1_000, least: 1, most: 100_000));
}
