using System.ComponentModel.DataAnnotations;

namespace FoodDelivery.Platform.Storage.Redis;

/// <summary>The settings under <c>Redis</c>.</summary>
public sealed class RedisOptions
{
    /// <summary>
    /// Where the server is: HOST:PORT, several separated by commas, and after them the options of StackExchange.Redis such as <c>password=…</c>
    /// or <c>ssl=true</c>.
    /// </summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "The setting Redis:Configuration is missing; it must name a server, as HOST:PORT.")]
    public string Configuration { get; set; } = string.Empty;

    /// <summary>What the names of keys and channels begin with, on servers that are shared with others.</summary>
    [RegularExpression("[A-Za-z0-9._-]{1,100}", ErrorMessage = "Redis:Prefix must have letters, digits, '.', '_' and '-', and from 1 to 100 of them.")]
    public string Prefix { get; set; } = "fooddelivery";

    /// <summary>How long connecting may take before it is tried again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ErrorMessage = "Redis:ConnectTimeout must be between 0.1 seconds and 1 minute.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an answer may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00", ErrorMessage = "Redis:Timeout must be between 0.05 seconds and 1 minute.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);
}
