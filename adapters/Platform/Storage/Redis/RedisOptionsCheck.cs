using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FoodDelivery.Platform.Storage.Redis;

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
