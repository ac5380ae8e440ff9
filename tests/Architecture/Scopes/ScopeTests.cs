using System.Reflection;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Tests.Architecture.Scopes.Rest;

namespace FoodDelivery.Tests.Architecture.Scopes;

/// <summary>Who may do what is part of the use case: no inbound adapter can forget to ask.</summary>
public sealed class ScopeTests
{
    private static readonly Dictionary<string, string> OpenToEverybody = new(StringComparer.Ordinal)
    {
        ["FoodDelivery.Stores.GetStoreHandler"] = "stores are open to everybody",
        ["FoodDelivery.Stores.ListStoresHandler"] = "stores are open to everybody",
        ["FoodDelivery.Stores.GetMenuHandler"] = "menus are open to everybody",
        ["FoodDelivery.Stores.Ports.TicketChange"] = "a value that WatchTicketsHandler answers with, already within the scope",
    };

    private static readonly IReadOnlyList<string> Assemblies =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "FoodDelivery.Adapters.*.dll").Select(static file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Adapters => [.. Assemblies];

    [Theory]
    [MemberData(nameof(Adapters))]
    public void An_inbound_adapter_does_nothing_past_the_callers_scope(string adapter) => Assert.DoesNotContain(
        InboundCalls.PastTheScope(Assembly.Load(adapter)), static offence => !OpenToEverybody.ContainsKey(offence.Used));

    [Fact]
    public void A_port_and_a_call_without_a_scope_are_seen() => Assert.Equal(
        [(typeof(HandlerRoutes).FullName!, typeof(SweepAttemptsHandler).FullName!), (typeof(PortRoutes).FullName!, typeof(IOrders).FullName!)],
        InboundCalls.PastTheScope(typeof(ScopedRoutes).Assembly));

    [Fact]
    public void Every_context_is_looked_at() => Assert.Equal(
        Directory.EnumerateDirectories(Path.Combine(House.Root, "domain")).Select(static folder => Path.GetFileName(folder)).Where(static context => context != "Kernel").Order(StringComparer.Ordinal),
        Assemblies.Select(static adapter => adapter["FoodDelivery.Adapters.".Length..]));

    [Fact]
    public void Every_exception_is_needed() => Assert.Equal(
        OpenToEverybody.Keys.Order(StringComparer.Ordinal),
        Assemblies.SelectMany(static adapter => InboundCalls.PastTheScope(Assembly.Load(adapter))).Select(static offence => offence.Used)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
