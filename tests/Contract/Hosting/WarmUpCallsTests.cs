using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Security;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Tests.Contract.Hosting;

/// <summary>What a service tries before its first callers is refused, and nobody's refusal.</summary>
public sealed partial class WarmUpCallsTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task What_a_warm_up_calls_is_counted_as_no_refusal_and_what_a_stranger_calls_so_is(string environment)
    {
        using var data = new DataFolder();
        await using var authority = await TestAuthority.Start();
        string[] common = ["--environment", environment, "--data", data.Path, "--Shutdown:DrainDelay=0", "--Pay:Provider=Simulator", .. authority.Settings];
        await using var pay = ServiceCatalog.Find("Pay").Build([.. common, "--Pay:RestPort=0", "--Pay:GrpcPort=0"]);
        await ServiceRunner.Start(pay);
        await using var order = ServiceCatalog.Find("Order").Build([.. common, "--Order:RestPort=0", "--Order:GrpcPort=0", $"--Pay:Addresses={pay.Urls.Last()}"]);
        await ServiceRunner.Start(order);
        foreach (var app in new[] { pay, order })
            await Eventually.Holds(async () => Assert.DoesNotContain("warm", await ServiceRunner.Lacks(app)));

        var page = await Page(order, authority);
        Assert.Matches("http_server_request_duration_seconds_count{[^}]*/orders[^}]*} [1-9]", page);
        Assert.Empty(Refused(page));
        Assert.Empty(Refused(await Page(pay, authority)));

        using var stranger = new HttpClient { BaseAddress = new Uri(order.Urls.First()) };
        stranger.DefaultRequestHeaders.Add("x-warm-up", "1");
        stranger.DefaultRequestHeaders.Authorization = environment == "Development" ? new AuthenticationHeaderValue("Bearer", authority.Tokens.For("kim", "customer")) : null;
        using var refused = await stranger.PostAsJsonAsync("/orders", new { item = "warming up" });
        Assert.False(refused.IsSuccessStatusCode);
        Assert.NotEmpty(Refused(await Page(order, authority)));
    }

    [Fact]
    public async Task A_token_that_is_no_services_is_told_by_readiness_and_by_the_order_that_fails()
    {
        using var data = new DataFolder();
        await using var authority = await TestAuthority.Start();
        authority.OwnToken = () => authority.Tokens.For("order", "customer");
        string[] common = ["--environment=Production", "--data", data.Path, "--Shutdown:DrainDelay=0", "--Pay:Provider=Simulator", .. authority.Settings];
        await using var pay = ServiceCatalog.Find("Pay").Build([.. common, "--Pay:RestPort=0", "--Pay:GrpcPort=0"]);
        await ServiceRunner.Start(pay);
        await using var store = ServiceCatalog.Find("Store").Build([.. common, "--Store:RestPort=0", "--Store:GrpcPort=0", "--Store:DemoStores=true"]);
        await ServiceRunner.Start(store);
        await using var order = ServiceCatalog.Find("Order").Build([.. common, "--Order:RestPort=0", "--Order:GrpcPort=0", $"--Pay:Addresses={pay.Urls.Last()}", "--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000"]);
        await ServiceRunner.Start(order);
        await Eventually.Holds(async () => Assert.Equal(["own token"], await ServiceRunner.Lacks(order)));

        using var client = new HttpClient { BaseAddress = new Uri(order.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", authority.Tokens.For("kim", "customer"));
        await Eventually.Holds(async () =>
        {
            using var refused = await client.PostAsJsonAsync("/orders", new { item = "chicken", address = "서울" });
            Assert.Contains("PAYMENT_REFUSES_SERVICE", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        });

        authority.OwnToken = null;
        await Eventually.Holds(async () => Assert.Empty(await ServiceRunner.Lacks(order)));
        using var placed = await client.PostAsJsonAsync("/orders", new { item = "chicken", address = "서울" });
        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
    }

    private static async Task<string> Page(WebApplication app, TestAuthority authority)
    {
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", authority.Tokens.For("ops", "operator"));
        return await client.GetStringAsync("/metrics");
    }

    private static IEnumerable<string> Refused(string page) => Refusal().Matches(page).Select(static match => match.Value);

    [GeneratedRegex("^(fooddelivery|security)_refusals_total(\\{[^}]*\\})? [1-9].*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Refusal();
}
