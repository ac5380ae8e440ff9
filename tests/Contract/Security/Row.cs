using Google.Protobuf;

namespace FoodDelivery.Tests.Contract.Security;

/// <summary>One route: who may call it, how it is called for what is one's own, and what becomes of a call for what is another's.</summary>
public sealed record Row(string Service, string Route, string[]? Allowed)
{
    /// <summary>What is sent, given an order's number and a store's; null for nothing.</summary>
    public Func<long, long, object?> Body { get; init; } = static (_, _) => null;

    /// <summary>What is sent to ask for another's, where it is not the same with the other's number; null where there is nothing like it.</summary>
    public Func<long, long, object?>? OthersBody { get; init; }

    /// <summary>What is added to the path to ask for another's.</summary>
    public string OthersQuery { get; init; } = "";

    /// <summary>What is added to the path to ask for one's own.</summary>
    public Func<long, string> Query { get; init; } = static _ => "";

    /// <summary>How another's is refused; 0 where nobody owns anything.</summary>
    public int Others { get; init; }

    public bool IsOpen => Allowed is null;

    public bool IsRpc => Route[0] == '/';

    public bool Allows(string role) => IsOpen || role == "operator" || Allowed!.Contains(role);

    public Task<Reply> Ask(ClosedPlatform platform, string? token, bool others = false, bool web = false)
    {
        var (order, store) = others ? (platform.Other, 1L) : (platform.Own, 2L);
        var body = others && OthersBody is not null ? OthersBody(order, store) : Body(order, store);
        var door = platform.Of(Service);
        if (IsRpc)
            return web ? door.Web(Route, (IMessage)body!, token) : door.Rpc(Route, (IMessage)body!, token, patiently: others);
        var (method, pattern) = (Route[..Route.IndexOf(' ')], Route[(Route.IndexOf(' ') + 1)..]);
        var path = pattern.Replace("{id:long}", $"{order}").Replace("{orderId}", $"{order}").Replace("{storeId}", $"{store}").Replace("{documentName}", "v1");
        return door.Rest(method, path + (others ? OthersQuery + (OthersQuery.Length == 0 ? Query(order) : "") : Query(order)), token, body);
    }

    public override string ToString() => $"{Service} {Route}";
}
