using FoodDelivery.Platform.Hosting.Security;

namespace FoodDelivery.Services.Identity.Clients;

/// <summary>The clients that Development has by itself; their secret is no secret.</summary>
internal static class DemoClients
{
    /// <summary>The public client for browsers and phones, which signs people in.</summary>
    public const string App = "demo-app";

    private const string Secret = "demo";

    public static readonly Client[] All =
    [
        Of("demo-customer", Roles.Customer),
        Of("demo-customer-2", Roles.Customer),

        // The store that has the chicken.
        Of("demo-owner", Roles.Owner, store: 2),
        Of("demo-owner-1", Roles.Owner, store: 1),
        Of("demo-owner-2", Roles.Owner, store: 2),
        Of("demo-owner-3", Roles.Owner, store: 3),
        Of("demo-service", Roles.Service),
        Of("demo-operator", Roles.Operator),
        new(App, Secret: null, Subject: "", Role: "", Store: null),
    ];

    private static Client Of(string id, string role, long? store = null) => new(id, Secret, Subject: id, role, store);
}
