using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Platform.Hosting.Startup;

/// <summary>Reads single settings, and names the one that cannot be used.</summary>
public static class Setting
{
    /// <summary>A whole number in a range.</summary>
    /// <exception cref="SettingException">It is something else.</exception>
    public static int WholeNumber(IConfiguration configuration, string key, int otherwise, int least, int most)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
            return otherwise;

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new SettingException($"The setting {key} is '{text}'; it must be a whole number from {least} to {most}.");
    }

    /// <summary>A length of time, given in seconds; fractions are allowed.</summary>
    /// <exception cref="SettingException">It is something else, negative or more than an hour.</exception>
    public static TimeSpan Seconds(IConfiguration configuration, string key, double otherwise)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
            return TimeSpan.FromSeconds(otherwise);

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 3600
            ? TimeSpan.FromSeconds(value)
            : throw new SettingException($"The setting {key} is '{text}'; it must be a number of seconds from 0 to 3600.");
    }

    /// <summary>True or false.</summary>
    /// <exception cref="SettingException">It is something else.</exception>
    public static bool Flag(IConfiguration configuration, string key, bool otherwise)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
            return otherwise;

        return bool.TryParse(text, out var value)
            ? value
            : throw new SettingException($"The setting {key} is '{text}'; it must be true or false.");
    }
}
