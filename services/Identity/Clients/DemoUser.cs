using FoodDelivery.Platform.Hosting.Security;

namespace FoodDelivery.Services.Identity.Clients;

/// <summary>Somebody whom one can sign in as, without a password.</summary>
/// <param name="Id">The subject of their tokens.</param>
/// <param name="Name">What people call them.</param>
/// <param name="Role">What they are.</param>
/// <param name="Store">Their store, for an owner.</param>
internal sealed record DemoUser(string Id, string Name, string Role, long? Store = null)
{
    public static readonly DemoUser[] All =
    [
        new("hana", "김하나", Roles.Customer),
        new("duri", "이두리", Roles.Customer),
        new("owner-1", "박사장 (한그릇밥상)", Roles.Owner, Store: 1),
        new("owner-2", "최사장 (치킨과 피자)", Roles.Owner, Store: 2),
        new("owner-3", "정사장 (아침빵집)", Roles.Owner, Store: 3),
        new("operator", "운영자", Roles.Operator),
    ];
}
