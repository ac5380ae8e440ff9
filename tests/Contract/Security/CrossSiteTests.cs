using System.Net;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Tests.Contract.Gateways;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Contract.Identity;
using FoodDelivery.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Tests.Contract.Security;

/// <summary>In Development, where nobody needs a token, the pages of other sites are nobody all the same.</summary>
public sealed class CrossSiteTests
{
    [Theory]
    [InlineData("Host: localhost:8081", 200)]
    [InlineData("Host: 127.0.0.1:8081", 200)]
    [InlineData("Host: [::1]", 200)]
    [InlineData("Host: shop.localhost", 200)]
    [InlineData("Host: evil.example", 403)]
    [InlineData("Host: localhost.evil.example", 403)]
    [InlineData("Host: 192.168.0.7:8081", 403)]
    [InlineData("Host: my.box", 200, "--Development:Hosts=other.box, my.box")]
    [InlineData("Origin: http://localhost:5173", 200)]
    [InlineData("Origin: https://evil.example", 403)]
    [InlineData("Origin: http://localhost.evil.example", 403)]
    [InlineData("Origin: null", 403)]
    [InlineData("Origin: https://shop.example", 200, "--Cors:Origins=https://shop.example")]
    [InlineData("Origin: http://my.box:5173", 200, "--Development:Hosts=my.box")]
    [InlineData("Sec-Fetch-Site: cross-site", 403)]
    [InlineData("Sec-Fetch-Site: same-site", 200)]
    [InlineData("Sec-Fetch-Site: none", 200)]
    public async Task Only_this_machine_is_an_operator_without_a_token(string header, int status, params string[] settings)
    {
        await using var service = await RunningService.With(static app => app.MapMethods("/x", ["GET", "POST"], static () => "x"), settings);

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            var answer = await service.Rest.SendAsync(Request(method, "/x", header));
            Assert.Equal(status, (int)answer.StatusCode);
            if (status == 200 && header.StartsWith("Origin: ", StringComparison.Ordinal))
                Assert.Equal(header["Origin: ".Length..], Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
            if (status == 403)
            {
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
                Assert.Contains("_NOT_ALLOWED", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Who_follows_a_link_from_elsewhere_may_look_and_change_nothing()
    {
        await using var service = await RunningService.With(static app => app.MapMethods("/x", ["GET", "POST"], static () => "x"));

        foreach (var (method, status) in new[] { (HttpMethod.Get, HttpStatusCode.OK), (HttpMethod.Post, HttpStatusCode.Forbidden) })
        {
            using var request = Request(method, "/x", "Sec-Fetch-Site: cross-site");
            request.Headers.Add("Sec-Fetch-Mode", "navigate");
            Assert.Equal(status, (await service.Rest.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task A_strange_page_comes_by_no_token_and_reads_nothing_through_the_gateway()
    {
        using var data = new DataFolder();
        await using var identity = await RunningIdentity.Start(data.Path, TimeProvider.System);
        await using var behind = await RunningService.With(static app => app.MapGet("/orders", static () => "orders").AllowWithoutToken());
        await using var gateway = await RunningGateway.To("Order", behind);
        using var client = new HttpClient { BaseAddress = new Uri(identity.Issuer) };

        using var token = Request(HttpMethod.Post, "/connect/token", "Host: evil.example");
        token.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "demo-operator"), new("client_secret", "demo")]);
        token.Headers.Authorization = new("Bearer", "whatever");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(token)).StatusCode);

        Assert.Equal(HttpStatusCode.Forbidden, (await gateway.Stranger.SendAsync(Request(HttpMethod.Get, "/orders", "Host: evil.example"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Rest.SendAsync(Request(HttpMethod.Get, "/orders", "Host: evil.example"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Stranger.SendAsync(Request(HttpMethod.Get, "/orders", "Origin: http://127.0.0.1:5173"))).StatusCode);
    }

    /// <summary>Elsewhere everybody needs a token, which no page has by itself, and names are an operator's affair.</summary>
    [Fact]
    public async Task Outside_Development_any_name_will_do()
    {
        await using var service = await RunningService.With(
            static app => app.MapGet("/x", static () => "x").AllowWithoutToken(), "--environment=Production", "--Auth:Authority=https://login.example.com");

        Assert.Equal(HttpStatusCode.OK, (await service.Rest.SendAsync(Request(HttpMethod.Get, "/x", "Host: order.example.com"))).StatusCode);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string header)
    {
        var (name, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 2)..]);
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
