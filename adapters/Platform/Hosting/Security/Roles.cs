namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>What a caller may be, as the claim <c>role</c> of its token says it.</summary>
public static class Roles
{
    /// <summary>Orders and pays; sees its own orders only.</summary>
    public const string Customer = "customer";

    /// <summary>Runs a store; sees and moves that store's tickets, and writes its menu.</summary>
    public const string Owner = "owner";

    /// <summary>One of our own services, calling another.</summary>
    public const string Service = "service";

    /// <summary>May do everything.</summary>
    public const string Operator = "operator";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Customer, Owner, Service, Operator];
}
