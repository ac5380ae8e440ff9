using System.Text.Json;
using System.Text.Json.Serialization;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>How every REST answer is written: camelCase, Korean and emoji as they are, times as ISO 8601 in UTC, enums in snake_case.</summary>
public static class RestJson
{
    /// <summary>The one set of options. Answers are JSON and never part of a page, so nothing needs escaping for HTML.</summary>
    public static readonly JsonSerializerOptions Options = Make();

    /// <summary>Gives other options the same manners.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Encoder = PlainJsonEncoder.Instance;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
