using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>What a caller sends along with a command so that repeating it is safe; it is the caller's own, see <see cref="Caller"/>.</summary>
/// <param name="Value">1 to 255 characters, or null where none was sent.</param>
public readonly record struct IdempotencyKey(string? Value)
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>Reads the header; refuses an empty one, one that is too long and more than one.</summary>
    public static Result<IdempotencyKey> From(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var values = request.Headers[Header];
        if (values.Count == 0)
            return new IdempotencyKey(null);

        var key = values.Count == 1 ? values[0]?.Trim() : null;
        return key is { Length: > 0 and <= Longest }
            ? new IdempotencyKey(key)
            : Error.Invalid(Header, $"{Header} must be sent once and have 1 to {Longest} characters.");
    }
}

/// <summary>Who is asking; idempotency keys are bound to it.</summary>
public static class Caller
{
    /// <summary>The name under which callers without a token are known.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>The subject of the caller's token, or <see cref="Anonymous"/>.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.FindFirst("sub")?.Value ?? Anonymous;
    }
}
