using System.Text.Json;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Delivery;

/// <summary>What must be true of the books once everything has settled: each check gives its violations.</summary>
internal static class Checks
{
    // How long money may be ours without an order.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly string[] Journey = ["pay_success", "order_received", "cooking", "cooked", "delivering", "delivered"];

    public static readonly IReadOnlyDictionary<string, Func<Books, IReadOnlyList<long>, IEnumerable<string>>> All =
        new Dictionary<string, Func<Books, IReadOnlyList<long>, IEnumerable<string>>>(StringComparer.Ordinal)
        {
            ["order exists"] = static (books, acknowledged) => Missing(books.Orders, acknowledged),
            ["paid once"] = static (books, _) => NotOnce(books.Taken, Ids(Kept(books))).Concat(NotOnce(books.Returned, Ids(Ended(books, "refunded")))),
            ["no orphan payment"] = static (books, _) => Strangers(books.Taken, books.Orders).Concat(books.Orphans.Where(orphan => books.Kept(orphan) > Longest).Select(Said)),
            ["provider agrees"] = static (books, _) => Disagreements(books),
            ["one ticket"] = static (books, _) => NotOnce(books.Tickets, Ids(books.Orders)).Concat(Strangers(books.Tickets, books.Orders)),
            ["ended"] = static (books, _) => books.Orders.Where(order => !books.Endings.Contains(order.Word("status"))).Select(Said),
            ["view = truth"] = static (books, _) => WrongViews(books),
            ["told once"] = static (books, _) => WronglyTold(books),
        };

    private static HashSet<long> Ids(IEnumerable<JsonElement> resources) => [.. resources.Select(Id)];

    private static long Id(JsonElement resource) => resource.Number("orderId");

    private static IEnumerable<JsonElement> Ended(Books books, string status) => books.Orders.Where(order => order.Word("status") == status);

    private static IEnumerable<JsonElement> Kept(Books books) => books.Orders.Where(static order => order.Word("status") != "refunded");

    private static string Said(JsonElement resource) => resource.GetRawText();

    private static IEnumerable<string> Missing(IReadOnlyList<JsonElement> books, IReadOnlyList<long> wanted) =>
        wanted.Except(Ids(books)).Select(static id => $"order {id} is missing")
            .Concat(books.GroupBy(Id).Where(static same => same.Count() > 1).Select(static same => $"order {same.Key} is there {same.Count()} times"))
            .Concat(wanted.GroupBy(static id => id).Where(static same => same.Count() > 1).Select(static same => $"two callers were given order {same.Key}"));

    private static IEnumerable<string> NotOnce(IEnumerable<JsonElement> found, IEnumerable<long> wanted)
    {
        var counts = found.CountBy(Id).ToDictionary();
        return wanted.Where(id => counts.GetValueOrDefault(id) != 1).Select(id => $"order {id} has {counts.GetValueOrDefault(id)}");
    }

    private static IEnumerable<string> Strangers(IEnumerable<JsonElement> found, IEnumerable<JsonElement> orders)
    {
        var known = Ids(orders);
        return found.Where(resource => !known.Contains(Id(resource))).Select(Said);
    }

    private static IEnumerable<string> Disagreements(Books books)
    {
        var due = Kept(books).DistinctBy(Id).ToDictionary(Id, static order => order.Number("total"));
        var kept = books.Charges.Where(static charge => charge.State == Charge.Approved)
            .ToDictionary(static charge => charge.OrderId, static charge => charge.AmountWon);
        return due.Keys.Union(kept.Keys)
            .Where(id => due.GetValueOrDefault(id) != kept.GetValueOrDefault(id))
            .Select(id => $"order {id} costs {due.GetValueOrDefault(id)}, and the provider keeps {kept.GetValueOrDefault(id)}");
    }

    private static IEnumerable<string> WrongViews(Books books)
    {
        var views = books.Views.ToLookup(Id);
        return from order in books.Orders
               let view = views[Id(order)].ToList()
               where view.Count != 1
                   || view[0].Word("status") != order.Word("status")
                   || view[0].Number("version") != order.Number("statusVersion")
                   || !IsWhole(view[0], order.Word("status"))
               select $"{Said(order)} is viewed as {string.Join(" and ", view.Select(Said))}";
    }

    private static bool IsWhole(JsonElement view, string end)
    {
        var statuses = History(view);
        var versions = view.GetProperty("history").EnumerateArray().Select(static change => change.Number("version"));
        return statuses is ["pay_success", .., _]
            && statuses[^1] == end
            && versions.SequenceEqual(Enumerable.Range(1, (int)view.Number("version")).Select(static version => (long)version))
            && (statuses.Contains("cancel_requested") || end != "delivered" || statuses.SequenceEqual(Journey));
    }

    private static List<string> History(JsonElement view) =>
        [.. view.GetProperty("history").EnumerateArray().Select(static change => change.Word("status"))];

    private static IEnumerable<string> WronglyTold(Books books)
    {
        var told = books.Notifications.ToLookup(Id, static one => one.Word("status"));
        return from view in books.Views
               let words = told[Id(view)].ToList()
               where view.Word("status") != "pay_fail"
                   && !(words.Count(static word => word == "order_get") == 1 && words.Where(static word => word != "order_get").SequenceEqual(History(view)))
               select $"of order {Id(view)} was told: {string.Join(", ", words)}";
    }
}
