using System.Collections.Concurrent;
using System.Text.Json;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Each order's payment and notifications, asked for one by one as people do, against the whole books.</summary>
internal static class Routes
{
    public const string Check = "read by its routes";

    public static async Task<List<string>> Violations(IPlatform platform, Books books)
    {
        var payments = books.Payments.ToLookup(static payment => payment.Number("orderId"));
        var told = books.Notifications.ToLookup(static one => one.Number("orderId"));
        var violations = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(
            books.Orders.Select(static order => order.Number("orderId")),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (id, _) =>
            {
                Compare(await platform.Rest("Pay").Get($"/payments?orderId={id}"), "payments", payments[id]);
                Compare(await platform.Rest("Customer").Get($"/notifications?orderId={id}"), "notifications", told[id]);
            });
        return [.. violations];

        void Compare(Answer answer, string name, IEnumerable<JsonElement> expected)
        {
            if (answer.Status != 200 || !answer.Members(name).Select(static one => one.GetRawText()).SequenceEqual(expected.Select(static one => one.GetRawText())))
                violations.Enqueue(answer.ToString());
        }
    }
}
