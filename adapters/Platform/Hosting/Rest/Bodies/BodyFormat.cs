using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FoodDelivery.Platform.Hosting.Rest.Bodies;

/// <summary>What a body claims to be.</summary>
internal enum BodyKind
{
    Json,
    Form,
}

/// <summary>Takes the claim from the content type; a body without one is JSON.</summary>
internal static class BodyFormat
{
    public static BodyKind Of(HttpRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.ContentType))
            return BodyKind.Json;

        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && IsUtf8(type))
        {
            if (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            {
                return BodyKind.Json;
            }

            if (type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
                return BodyKind.Form;
        }

        throw new BadHttpRequestException(
            "The body must be application/json or application/x-www-form-urlencoded, in UTF-8.", StatusCodes.Status415UnsupportedMediaType);
    }

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || type.Charset.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || type.Charset.AsSpan().Trim('"').Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
}
