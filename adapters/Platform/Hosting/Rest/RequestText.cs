using System.Text;
using FoodDelivery.Platform.Hosting.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>
/// A path and a query that come in: composed (NFC), and refused where they would break a screen, a log or an encoding. It comes before routing.
/// <see cref="RequestBody"/> does it for bodies.
/// </summary>
internal sealed class RequestText(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        return (TakePath(request) ?? TakeQuery(request)) is { } flaw ? context.Refuse(flaw) : next(context);
    }

    private static Error? TakePath(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        if (UnicodeText.Validate(path) is { } flaw)
            return Error.Invalid("path", $"The path {flaw}.");

        if (!Ascii.IsValid(path))
            request.Path = new PathString(UnicodeText.Compose(path));

        return null;
    }

    private static Error? TakeQuery(HttpRequest request)
    {
        var written = request.QueryString.Value ?? "";
        if (!written.Contains('%', StringComparison.Ordinal) && Ascii.IsValid(written))
            return null;

        var (taken, isComposed) = (new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase), true);
        foreach (var (name, values) in request.Query)
        {
            if (UnicodeText.Validate(name) is { } badName)
                return Error.Invalid("query", $"The name of a parameter {badName}.");

            if (values.Select(static value => UnicodeText.Validate(value ?? "")).FirstOrDefault(static flaw => flaw is not null) is { } bad)
                return Error.Invalid(name, $"{name} {bad}.");

            isComposed &= values.Append(name).All(static text => ReferenceEquals(UnicodeText.Compose(text ?? ""), text));
            taken[UnicodeText.Compose(name)] = values.Select(static value => UnicodeText.Compose(value ?? "")).ToArray();
        }

        if (!isComposed)
            request.Query = new QueryCollection(taken);

        return null;
    }
}
