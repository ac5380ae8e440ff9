using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rest;

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
