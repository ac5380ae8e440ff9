using FoodDelivery.Kernel;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Tests.Architecture.Scopes.Rest;

/// <summary>An inbound adapter that reads a port, as a handler behind a lambda does.</summary>
internal static class PortRoutes
{
    public static Func<IServiceProvider, Task<Order?>> Get { get; } =
        static async services => await ((IOrders)services.GetService(typeof(IOrders))!).Find(new OrderId(1), CancellationToken.None);
}

/// <summary>An inbound adapter that calls a use case which asks for nobody's scope.</summary>
internal static class HandlerRoutes
{
    public static async Task<int> Sweep(SweepAttemptsHandler handler) =>
        await handler.Handle(new SweepAttempts(SweepAttemptsHandler.DefaultOpenFor), MessageContext.Command("planted"), CancellationToken.None);
}

/// <summary>An inbound adapter as it should be.</summary>
internal static class ScopedRoutes
{
    public static async Task<Result<Order>> Get(GetOrderHandler handler, AccessScope scope) =>
        await handler.Handle(new OrderId(1), scope, CancellationToken.None);
}
