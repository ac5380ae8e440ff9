using FoodDelivery.Tests.EndToEnd.BadInput;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Real;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>What a context that can come and go with its folders brings to the tests of the whole platform.</summary>
internal interface IContextPart
{
    /// <summary>All of them, found by their type.</summary>
    static IReadOnlyList<IContextPart> All { get; } =
    [
        .. typeof(IContextPart).Assembly.GetTypes().Where(static type => type.IsClass && type.IsAssignableTo(typeof(IContextPart)))
            .Select(static type => (IContextPart)Activator.CreateInstance(type)!),
    ];

    /// <summary>What the public may ask it for, such as <c>GET /coupons/1</c>.</summary>
    IEnumerable<string> Public { get; }

    /// <summary>A call of each of its methods.</summary>
    /// <param name="bystander">An order that stays as it is.</param>
    IEnumerable<Template> Templates(long bystander);

    /// <summary>Waits until it knows of an order that a store has accepted, over gRPC and REST.</summary>
    Task Follows(RealPlatform platform, PlacedOrder order, string customer);
}
