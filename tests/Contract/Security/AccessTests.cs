using System.Text.Json;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Tests.Support.Security;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Tests.Contract.Security;

/// <summary>Walks every route and method, with every role and every sort of token.</summary>
[Collection(ClosedPlatform.Name)]
public sealed class AccessTests(ClosedPlatform platform)
{
    private static readonly string[] Roles = ["customer", "owner", "service", "operator"];

    public static TheoryData<string> Rows => [.. AccessTable.Rows.Keys];

    [Fact]
    public void Every_service_takes_part() =>
        Assert.Equal(ServiceCatalog.Services.Select(static service => service.Name).Except(["Gateway"]).Order(StringComparer.Ordinal), platform.Services.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_route_has_a_row_and_every_row_a_route()
    {
        var mapped = platform.Services.SelectMany(service => platform.Routes(service).SelectMany(Names).Select(route => $"{service} {route}"));

        Assert.Equal(AccessTable.Rows.Keys.Order(StringComparer.Ordinal), mapped.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    /// <summary>Routing compiles its tables after the first requests, and finds what it found before.</summary>
    [Fact]
    public async Task Every_route_is_found_again_and_again()
    {
        var token = Token("operator");
        foreach (var service in platform.Services)
        {
            var paths = platform.Routes(service)
                .Where(static endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not null && endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is null)
                .Select(static endpoint => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(static segment =>
                    segment.Parts is [Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal] ? literal.Content : "1")))
                .Distinct(StringComparer.Ordinal).ToArray();
            Dictionary<string, int> first = new(StringComparer.Ordinal);
            for (var round = 0; round < 100; round++)
            {
                Random.Shared.Shuffle(paths);
                foreach (var path in paths)
                {
                    var answer = await platform.Of(service).Rest("PURGE", path, token);
                    Expect(answer, first.TryGetValue(path, out var known) ? known : first[path] = answer.Status);
                }
            }

            Assert.Contains(405, first.Values);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Without_a_good_token_there_is_no_entry(string name)
    {
        var row = AccessTable.Rows[name];
        if (row.IsOpen)
        {
            Expect(await row.Ask(platform, token: null, lets: true), static status => status is not (401 or 403));
            return;
        }

        var refused = await row.Ask(platform, token: null);
        Expect(refused, 401);
        Assert.StartsWith("Bearer", refused.Challenge, StringComparison.Ordinal);
        if (row.IsRpc)
            Expect(await row.Ask(platform, token: null, web: true), 401);
        using var stranger = new TestTokens(platform.Tokens.Issuer, platform.Tokens.KeyId);
        foreach (var role in Roles)
        {
            foreach (var (flaw, token) in BadTokens.Of(platform.Tokens, stranger, role))
            {
                var answer = await row.Ask(platform, token);
                Assert.True(answer.Status == 401, $"{flaw}: {answer}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_role_may_do_what_is_its_business(string name)
    {
        var row = AccessTable.Rows[name];
        foreach (var role in Roles)
        {
            var answer = await row.Ask(platform, Token(role), lets: row.Allows(role));
            if (row.Allows(role))
                Expect(answer, static status => status is not (401 or 403 or >= 500));
            else
                Expect(answer, 403);
        }

        if (row.IsRpc && !row.IsOpen && !row.Allows("customer"))
            Expect(await row.Ask(platform, Token("customer"), web: true), 403);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_is_anothers_is_out_of_reach(string name)
    {
        var row = AccessTable.Rows[name];
        if (row.Others == 0)
            return;

        // Services and operators own nothing and see everything.
        foreach (var role in row.Allowed!.Except(["service"]))
            Expect(await row.Ask(platform, Token(role), others: true), row.Others);
        foreach (var role in row.Allowed!.Intersect(["service"]).Append("operator"))
            Expect(await row.Ask(platform, Token(role), others: true, lets: true), static status => status is not (401 or 403 or 404));
    }

    [Fact]
    public async Task A_customer_reads_its_own_payments_and_no_others()
    {
        var alice = Token("customer");
        Assert.Equal([platform.Own.Order], await Orders($"/payments?orderId={platform.Own.Order}", alice));
        Assert.Empty(await Orders($"/payments?orderId={platform.Other.Order}", alice));
        Assert.DoesNotContain(platform.Other.Order, await Orders("/payments?size=1000", alice));
        Assert.Equal([platform.Other.Order], await Orders($"/payments?orderId={platform.Other.Order}", Token("operator")));
        var bobs = await Orders("/payments?customerId=bob&size=1000", Token("service"));
        Assert.Contains(platform.Other.Order, bobs);
        Assert.DoesNotContain(platform.Own.Order, bobs);
    }

    [Theory]
    [InlineData("Order")]
    [InlineData("Identity")]
    public async Task What_is_not_there_is_told_to_those_alone_who_are_known(string service)
    {
        Expect(await platform.Of(service).Rest("GET", "/nothing"), 401);
        Expect(await platform.Of(service).Rest("GET", "/nothing", Token("customer")), 404);
        Expect(await platform.Of(service).Rest("DELETE", "/metrics", Token("customer")), 405);
        Expect(await platform.Of(service).Rest("GET", "/swagger/index.html", Token("operator")), 404);
    }

    private async Task<IReadOnlyList<long>> Orders(string path, string token)
    {
        var answer = await platform.Of("Pay").Rest("GET", path, token);
        Expect(answer, 200);
        return [.. JsonDocument.Parse(answer.Text).RootElement.GetProperty("_embedded").GetProperty("payments").EnumerateArray().Select(static one => one.GetProperty("orderId").GetInt64())];
    }

    private string Token(string role) => platform.Tokens.For(role is "customer" ? ClosedPlatform.Alice : $"the {role}", role, role is "owner" ? 2 : null);

    private static IEnumerable<string> Names(RouteEndpoint endpoint)
    {
        var pattern = endpoint.RoutePattern.RawText!;
        if (endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is not null)
            return [pattern];
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        return methods.Select(method => $"{method} {pattern}");
    }

    private static void Expect(Reply reply, int status) => Expect(reply, found => found == status);

    private static void Expect(Reply reply, Func<int, bool> isRight) => Assert.True(isRight(reply.Status), reply.ToString());
}
