using System.Text.RegularExpressions;
using FoodDelivery.Tests.Support;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

public sealed partial class AlertTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    /// <summary>Whether it exists is asked where there is a Redis.</summary>
    internal const string OfRedisAlone = "fooddelivery_view_losses_total";

    [Fact]
    public async Task Every_metric_that_an_alert_names_exists()
    {
        var alerts = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "alerts.yml"));
        var named = Names().Matches(alerts).Select(static match => match.Value).Distinct().Except([OfRedisAlone]).ToList();
        Assert.Contains("fooddelivery_outbox_pending", named);
        Assert.Contains(OfRedisAlone, alerts, StringComparison.Ordinal);
        await (await Chicken()).Shows("pay_success");

        await Eventually.Holds(async () =>
        {
            var pages = await Task.WhenAll(new[] { Orders, Payments, Stores, Customers, Fleet.Rest("Gateway") }.Select(static service => service.Get("/metrics")));
            Assert.All(named, name => Assert.Contains(pages, page => page.Expect(200).Text.Contains($"# TYPE {Family(name)} ", StringComparison.Ordinal)));
        });
    }

    private static string Family(string name) =>
        name.EndsWith("_count", StringComparison.Ordinal) ? name[..^"_count".Length] : name;

    [GeneratedRegex(@"\b(?:fooddelivery|http_server|limits)_[a-z_]+\b", RegexOptions.NonBacktracking)]
    private static partial Regex Names();
}
