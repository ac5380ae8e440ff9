using FoodDelivery.Marketing;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Adapters.Marketing;

/// <summary>The settings under <c>Marketing</c>.</summary>
/// <param name="HalfLife">How long an order takes to lose half its weight.</param>
/// <param name="Coupons">What coupons are worth.</param>
internal sealed record MarketingOptions(TimeSpan HalfLife, CouponTerms Coupons)
{
    /// <exception cref="SettingException">A setting cannot be used; the message names it.</exception>
    public static MarketingOptions Read(IConfiguration configuration) => new(
        TimeSpan.FromHours(Setting.WholeNumber(configuration, "Marketing:HalfLifeHours", 7 * 24, 1, 24 * 365)),
        new CouponTerms(
            Setting.WholeNumber(configuration, "Marketing:CouponDiscountPercent", 10, 1, 100),
            TimeSpan.FromDays(Setting.WholeNumber(configuration, "Marketing:CouponValidityDays", 30, 1, 3650))));
}
