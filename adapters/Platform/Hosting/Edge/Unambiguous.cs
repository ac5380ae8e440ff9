using FoodDelivery.Platform.Hosting.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FoodDelivery.Platform.Hosting.Edge;

/// <summary>
/// Refuses what two servers in a row could read differently, which is how a request is smuggled past the first. The server below has refused most of it:
/// repeated and odd lengths, odd encodings. Of a length beside a chunked body it believes the chunks; a gateway does not guess.
/// Nor does it begin to hand on a body that it would have to break off.
/// </summary>
internal sealed class UnambiguousLength(RequestDelegate next)
{
    // Where the server puts a length that it does not believe.
    private const string DisbelievedLength = "X-Content-Length";

    private static readonly Error Ambiguous = Error.Invalid(
        "Content-Length", "A body has either a Content-Length or the Transfer-Encoding chunked, and nothing else.", "AMBIGUOUS_LENGTH");

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }

        if (headers.TransferEncoding.Count == 0 || (IsChunked(headers) && headers.ContentLength is null && !headers.ContainsKey(DisbelievedLength)))
            return next(context);

        context.Response.Headers.Connection = "close";
        return context.Refuse(Ambiguous);
    }

    private static bool IsChunked(IHeaderDictionary headers) =>
        headers.TransferEncoding is [var encoding] && string.Equals(encoding, "chunked", StringComparison.OrdinalIgnoreCase);
}
