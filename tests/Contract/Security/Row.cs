using Google.Protobuf;

namespace FoodDelivery.Tests.Contract.Security;

/// <summary>One route: who may call it, how it is called for what is one's own, and what becomes of a call for what is another's.</summary>
public sealed record Row(string Service, string Route, string[]? Allowed)
{
    /// <summary>What is sent; null for nothing.</summary>
    public Func<Given, object?> Body { get; init; } = static _ => null;

    /// <summary>What is sent to ask for another's, where it is not the same with the other's number; null where there is nothing like it.</summary>
    public Func<Given, object?>? OthersBody { get; init; }

    /// <summary>What is added to the path to ask for another's.</summary>
    public string OthersQuery { get; init; } = "";

    /// <summary>What is added to the path to ask for one's own.</summary>
    public Func<long, string> Query { get; init; } = static _ => "";

    /// <summary>How another's is refused; 0 where nobody owns anything.</summary>
    public int Others { get; init; }

    public bool IsOpen => Allowed is null;

    public bool IsRpc => Route[0] == '/';

    public bool Allows(string role) => IsOpen || role == "operator" || Allowed!.Contains(role);

    /// <summary>Calls the route.</summary>
    /// <param name="platform">Where it is.</param>
    /// <param name="token">As whom; null for nobody.</param>
    /// <param name="others">For what is another's, instead of one's own.</param>
    /// <param name="web">As a browser calls gRPC.</param>
    /// <param name="lets">Whether the caller is expected to be let in: then a stream is not waited for.</param>
    public Task<Reply> Ask(ClosedPlatform platform, string? token, bool others = false, bool web = false, bool lets = false)
    {
        var given = others ? platform.Other : platform.Own;
        var body = others && OthersBody is not null ? OthersBody(given) : Body(given);
        var door = platform.Of(Service);
        if (IsRpc)
            return web ? door.Web(Route, (IMessage)body!, token, patiently: !lets) : door.Rpc(Route, (IMessage)body!, token, patiently: !lets);
        var space = Route.IndexOf(' ');
        var path = Route[(space + 1)..]
            .Replace("{id:long}", $"{(Service == "Pay" ? given.Payment : given.Order)}").Replace("{orderId}", $"{given.Order}")
            .Replace("{storeId}", $"{given.Store}").Replace("{storeId:long}", $"{given.Store}").Replace("{number}", given.Member).Replace("{customerId}", given.Customer).Replace("{documentName}", "v1");
        path = given.More.Aggregate(path, static (path, one) => path.Replace($"{{{one.Key}}}", $"{one.Value}", StringComparison.Ordinal));
        return door.Rest(Route[..space], path + (others && OthersQuery.Length > 0 ? OthersQuery : Query(given.Order)), token, body);
    }

    public override string ToString() => $"{Service} {Route}";
}

/// <summary>Somebody's things.</summary>
/// <param name="Order">An order.</param>
/// <param name="Store">The store that it went to.</param>
/// <param name="Member">A membership number.</param>
/// <param name="Payment">The order's payment.</param>
/// <param name="Customer">Whose they are.</param>
/// <param name="More">What contexts give on top, by its name in a route.</param>
public sealed record Given(long Order, long Store, string Member, long Payment, string Customer, IReadOnlyDictionary<string, long> More);
