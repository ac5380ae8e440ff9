using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>A whole number in the query string.</summary>
public static class QueryInteger
{
    /// <summary>Reads the parameter; <paramref name="otherwise"/> if it is absent or empty, a refusal naming it if it is anything but a number in range.</summary>
    public static bool TryRead(
        HttpRequest request, string name, long otherwise, long least, long most, out long value, [NotNullWhen(false)] out Error? rejection)
    {
        ArgumentNullException.ThrowIfNull(request);
        (value, rejection) = (otherwise, null);
        var text = request.Query[name];
        if (text.Count == 0 || (text.Count == 1 && string.IsNullOrEmpty(text[0])))
            return true;

        if (text.Count == 1
            && long.TryParse(text[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= least
            && value <= most)
        {
            return true;
        }

        rejection = Error.Invalid(name, $"{name} must be a whole number from {least} to {most}.");
        return false;
    }
}
