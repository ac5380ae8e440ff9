using FoodDelivery.Platform.Hosting.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>The versions of a resource that a change is meant for, as <c>If-Match</c> names them (RFC 9110, 13.1.1). A version's entity tag is its number.</summary>
public sealed class IfMatch
{
    private readonly IReadOnlyList<EntityTagHeaderValue> _tags;

    private IfMatch(IReadOnlyList<EntityTagHeaderValue> tags) => _tags = tags;

    /// <summary>Whether certain versions are named, and not any with <c>*</c> or none.</summary>
    public bool NamesVersions => _tags.Count > 0 && !_tags.Contains(EntityTagHeaderValue.Any);

    /// <summary>Reads the header; refuses what is no list of entity tags.</summary>
    public static Result<IfMatch> From(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return new IfMatch([]);

        return EntityTagHeaderValue.TryParseStrictList([.. header.OfType<string>()], out var tags)
            ? new IfMatch([.. tags])
            : Error.Invalid("If-Match", "If-Match must be * or entity tags, such as \"3\".");
    }

    /// <summary>A version's entity tag.</summary>
    public static string Tag(long version) => $"\"{version}\"";

    /// <summary>Whether the change is meant for that version.</summary>
    public bool Includes(long version) => !NamesVersions || _tags.Any(tag => tag.Compare(new EntityTagHeaderValue(Tag(version)), useStrongComparison: true));

    /// <summary>The change is meant for another version than the present one.</summary>
    public static Refusal Failed() => new(
        StatusCodes.Status412PreconditionFailed, "PRECONDITION_FAILED", "It has changed since the version that If-Match names; look at it again and repeat.");
}
