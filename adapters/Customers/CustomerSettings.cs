using System.Globalization;
using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Adapters.Customers;

/// <summary>The settings under <c>Customer</c> that no channel has.</summary>
internal static class CustomerSettings
{
    /// <exception cref="SettingException">It cannot be used; the message names it.</exception>
    public static TimeSpan ReadClaim(IConfiguration configuration)
    {
        const string key = "Customer:NotificationClaimSeconds";
        var claim = Setting.Seconds(configuration, key, DispatchNotificationsHandler.Claim.TotalSeconds);
        return claim > DispatchNotificationsHandler.SendTimeout
            ? claim
            : throw new SettingException(
                $"The setting {key} is {claim.TotalSeconds}; it must be more than the {DispatchNotificationsHandler.SendTimeout.TotalSeconds} that one sending may take.");
    }

    /// <exception cref="SettingException">It cannot be used; the message names it.</exception>
    public static NotificationTerms ReadTerms(IConfiguration configuration) =>
        new(TimeSpan.FromDays(Setting.WholeNumber(configuration, "Customer:KeepNotificationsDays", otherwise: 90, least: 1, most: 3_650)));

    /// <exception cref="SettingException">One of them cannot be used; the message names it.</exception>
    public static PhoneCodeTerms ReadPhoneCodes(IConfiguration configuration) => new(
        TimeSpan.FromMinutes(Setting.WholeNumber(configuration, "Customer:PhoneCodes:ValidMinutes", otherwise: 10, least: 1, most: 60)),
        Setting.WholeNumber(configuration, "Customer:PhoneCodes:Tries", otherwise: 5, least: 1, most: 10));

    /// <exception cref="SettingException">One of them cannot be used; the message names it.</exception>
    public static MessageLimits ReadLimits(IConfiguration configuration)
    {
        const int most = 1_000_000;
        return new(
            ToPhoneADay: Setting.WholeNumber(configuration, "Customer:Messages:ToPhoneADay", otherwise: 2_000, least: 1, most),
            OfCallerADay: Setting.WholeNumber(configuration, "Customer:Messages:OfCallerADay", otherwise: 2_000, least: 1, most),
            CodesToPhoneAnHour: Setting.WholeNumber(configuration, "Customer:PhoneCodes:ToPhoneAnHour", otherwise: 5, least: 1, most),
            CodesOfCallerAnHour: Setting.WholeNumber(configuration, "Customer:PhoneCodes:OfCallerAnHour", otherwise: 20, least: 1, most));
    }

    /// <exception cref="SettingException">One of them cannot be used; the message names it.</exception>
    public static PointsRule ReadPoints(IConfiguration configuration)
    {
        var basisPoints = Percent(configuration["Customer:Points:Percent"]);
        return configuration["Customer:Points:PerItem"]?.Trim().ToUpperInvariant() switch
        {
            null or "" or "NONE" => PointsRule.Default with { BasisPoints = basisPoints },
            "ALL" => new PointsRule(basisPoints, static _ => true),
            var list => new PointsRule(basisPoints, Stores(list).Contains),
        };
    }

    private static int Percent(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return PointsRule.Default.BasisPoints;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent <= 100 && decimal.IsInteger(percent * 100)
                ? (int)(percent * 100)
                : throw new SettingException($"The setting Customer:Points:Percent is '{text}'; it must be 0 to 100 with two decimals at the most.");
    }

    private static HashSet<StoreId> Stores(string list)
    {
        var stores = new HashSet<StoreId>();
        foreach (var one in list.Split(',', StringSplitOptions.TrimEntries))
        {
            stores.Add(long.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? new(number)
                : throw new SettingException($"The setting Customer:Points:PerItem is '{list}'; it must be none, all or store numbers, separated by commas."));
        }

        return stores;
    }
}
