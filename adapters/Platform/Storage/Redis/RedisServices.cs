using System.ComponentModel.DataAnnotations;
using FoodDelivery.Platform.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FoodDelivery.Platform.Storage.Redis;

/// <summary>Registration of Redis.</summary>
public static class RedisServices
{
    /// <summary>
    /// The server that the settings under <c>Redis</c> describe, as <see cref="RedisClient"/>. A service starts without it; it is ready only while the
    /// server answers.
    /// </summary>
    public static IServiceCollection AddRedis(this IServiceCollection services)
    {
        services.AddOptions<RedisOptions>().BindConfiguration("Redis").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsCheck>();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RedisMetrics>();
        services.AddSingleton(static provider => new RedisClient(
            provider.GetRequiredService<IOptions<RedisOptions>>(),
            provider.GetRequiredService<RedisMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RedisClient>>()));
        services.AddReadiness("redis", static (provider, cancellation) => provider.GetRequiredService<RedisClient>().Answers(cancellation));
        return services;
    }
}

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

/// <summary>Reads the configuration before anything depends on it. Whether a server is there shows later, in the readiness.</summary>
internal sealed class RedisOptionsCheck : IValidateOptions<RedisOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Configuration))
            return ValidateOptionsResult.Skip;

        try
        {
            // The client passes over a place that it cannot read, so what it has read is counted.
            var places = options.Configuration.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Count(static part => !part.Contains('='));
            var read = ConfigurationOptions.Parse(options.Configuration).EndPoints.Count;
            return read > 0 && read == places
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("The setting Redis:Configuration must name its servers as HOST:PORT, separated by commas.");
        }
        catch (ArgumentException unreadable)
        {
            // The client repeats no value here, so no password either.
            return ValidateOptionsResult.Fail($"The setting Redis:Configuration cannot be read: {Sentence(unreadable.Message)}.");
        }
    }

    private static string Sentence(string message) => message.Split('\n')[0].TrimEnd('.', '\r');
}
