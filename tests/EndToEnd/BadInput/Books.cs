using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>What exists, as every service tells it.</summary>
internal sealed record Books(
    IReadOnlySet<long> Orders,
    IReadOnlySet<long> Payments,
    IReadOnlySet<long> Tickets,
    IReadOnlySet<long> Statuses,
    IReadOnlyList<string> Notifications,
    int DeadLetters,
    string Menu,
    string Simulator)
{
    public static async Task<Books> Of(Fleet fleet) => new(
        Ids(await fleet.Rest("Order").All("/orders", "orders")),
        Ids(await fleet.Rest("Pay").All("/payments", "payments")),
        Ids(await fleet.Rest("Store").All("/deliveries", "deliveries")),
        Ids(await fleet.Rest("Customer").All("/orderStatuses", "orderStatuses")),
        [.. (await fleet.Rest("Customer").All("/notifications", "notifications")).Select(static sent => $"{sent.Number("orderId")} {sent.Word("status")} {sent.Word("recipient")}")],
        (await Task.WhenAll(fleet.Addresses.Keys.Where(static service => service is not "Gateway").Select(service => Parked(fleet.Rest(service))))).Sum(),
        (await fleet.Rest("Store").Get("/stores/1/menu")).Expect(200).Text,
        (await fleet.Rest("Pay").Get("/provider-simulator")).Expect(200).Text);

    private static HashSet<long> Ids(IEnumerable<System.Text.Json.JsonElement> resources) => [.. resources.Select(static resource => resource.Number("orderId"))];

    private static async Task<int> Parked(RestClient service) => (await service.Get("/operations/dead-letters")) is { Status: 200 } page ? page.Members("deadLetters").Count : 0;
}
