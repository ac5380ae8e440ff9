using System.Text;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>
/// The first segments of the paths that are routed together. Once it has compiled its table of literal segments, .NET's routing does not find an ASCII one any more
/// beside others of the same length that are not ASCII (/cards beside /결제이력s); as a parameter with a constraint it is found.
/// </summary>
internal sealed class FirstSegments(IEnumerable<string> segments)
{
    private readonly HashSet<int> _hidden = [.. segments.Where(static segment => !Ascii.IsValid(segment)).Select(static segment => segment.Length)];

    /// <summary>The segment as a route pattern that is found.</summary>
    public string Pattern(string segment) => Ascii.IsValid(segment) && _hidden.Contains(segment.Length) ? $"{{first:regex(^{segment}$)}}" : segment;
}
