using System.Net;
using System.Net.Http.Headers;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Services.Gateway;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Security;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Tests.EndToEnd.Gateways;

/// <summary>Every route of every service is asked for at the gateway: what the table does not name must not be reachable.</summary>
public sealed class ReachabilityTests
{
    private static readonly string[] Public =
    [
        "GET /orders", "POST /orders", "GET /orders/1", "PUT /orders/1", "PATCH /orders/1", "DELETE /orders/1",
        "GET /주문s", "POST /주문s", "GET /주문s/1", "PUT /주문s/1", "PATCH /주문s/1", "DELETE /주문s/1",
        "GET /payments", "GET /payments/1", "GET /결제이력s", "GET /결제이력s/1",
        "GET /deliveries", "GET /deliveries/1", "PUT /deliveries/1", "PATCH /deliveries/1",
        "GET /주문관리s", "GET /주문관리s/1", "PUT /주문관리s/1", "PATCH /주문관리s/1", "GET /bakeries", "POST /bakeries", "GET /주문처리s", "POST /주문처리s",
        "GET /stores", "GET /stores/1", "GET /stores/1/menu", "PUT /stores/1/menu",
        "POST /stores", "PATCH /stores/1", "POST /stores/1/pause", "POST /stores/1/resume", "POST /stores/1/close",
        "GET /orderStatuses", "GET /orderStatuses/1", "GET /mypages", "GET /mypages/1", "GET /notifications",
        "POST /members", "GET /members/1", "PUT /members/1", "PATCH /members/1", "DELETE /members/1", "GET /owners/1/contact", "PUT /owners/1/contact", "DELETE /customers/1", "PUT /cards/1", "DELETE /cards/1",
        "POST /members/1/phoneConfirmations", "PUT /members/1/phoneConfirmations", "PATCH /members/1/phoneConfirmations",
        "POST /owners/1/contact/phoneConfirmations", "PUT /owners/1/contact/phoneConfirmations", "PATCH /owners/1/contact/phoneConfirmations",
        "GET /members/1/points",
        "RPC fooddelivery.ordering.v1.OrderService/PlaceOrder", "RPC fooddelivery.ordering.v1.OrderService/GetOrder",
        "RPC fooddelivery.ordering.v1.OrderService/ListOrders", "RPC fooddelivery.ordering.v1.OrderService/CancelOrder", "RPC fooddelivery.ordering.v1.OrderService/EraseCustomer",
        "RPC fooddelivery.payment.v1.PaymentService/GetPayment", "RPC fooddelivery.payment.v1.PaymentService/ListPayments", "RPC fooddelivery.payment.v1.PaymentService/RemoveCard",
        "RPC fooddelivery.store.v1.StoreService/*", "RPC fooddelivery.store.v1.MenuService/*", "RPC fooddelivery.store.v1.TicketService/*",
        "RPC fooddelivery.customer.v1.OrderStatusService/*", "RPC fooddelivery.customer.v1.NotificationService/*", "RPC fooddelivery.customer.v1.MemberService/*",
        .. IContextPart.All.SelectMany(static part => part.Public),
    ];

    // Its own, which say nothing of what is behind it.
    private static readonly string[] Own = ["GET /healthz/live", "GET /healthz/ready", "GET /actuator/health", "GET /metrics", "GET /openapi/v1.json"];

    [Fact]
    public async Task Nothing_is_reachable_but_what_the_table_names()
    {
        using var data = new DataFolder();
        var all = ServiceCatalog.Services.Where(static service => service.Name is not ("Gateway" or "Identity")).SelectMany(service => Endpoints(service.Build, data.Path)).ToHashSet(StringComparer.Ordinal);
        Assert.Contains("POST /operations/dead-letters/replay", all);
        Assert.Contains("PUT /provider-simulator", all);
        Assert.Contains("RPC fooddelivery.payment.v1.PaymentService/ApprovePayment", all);
        Assert.Contains("RPC grpc.reflection.v1.ServerReflection/ServerReflectionInfo", all);

        await using var authority = await TestAuthority.Start();
        await using var behind = await Anything();
        await using var gateway = await Gateway(data.Path, behind, authority);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", authority.Tokens.For("park", "operator"));
        var reached = new List<string>();
        foreach (var endpoint in all.Except(Own))
        {
            if (await Reaches(http, gateway, endpoint))
                reached.Add(endpoint);
        }

        Assert.Equal(all.Where(IsPublic).Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
    }

    private static bool IsPublic(string endpoint) =>
        Public.Contains(endpoint, StringComparer.Ordinal) || (endpoint.StartsWith("RPC ", StringComparison.Ordinal) && Public.Contains(endpoint[..(endpoint.IndexOf('/', StringComparison.Ordinal) + 1)] + "*", StringComparer.Ordinal));

    private static IEnumerable<string> Endpoints(Func<string[], WebApplication> build, string data)
    {
        var app = build(["--environment=Development", "--data", data]);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(Requests)];
    }

    private static IEnumerable<string> Requests(RouteEndpoint endpoint)
    {
        var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(static segment =>
            string.Concat(segment.Parts.Select(static part => part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "1"))));
        return endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is { } call
            ? [$"RPC {call.Method.FullName.TrimStart('/')}"]
            : (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => $"{method} {path}");
    }

    private static async Task<bool> Reaches(HttpClient http, WebApplication gateway, string endpoint)
    {
        var (kind, what) = (endpoint[..endpoint.IndexOf(' ', StringComparison.Ordinal)], endpoint[(endpoint.IndexOf(' ', StringComparison.Ordinal) + 1)..].TrimStart('/'));
        var isRpc = kind is "RPC";
        var answers = new List<bool>();
        foreach (var (address, version, type) in isRpc
            ? [(gateway.Urls.Last(), HttpVersion.Version20, "application/grpc"), (gateway.Urls.First(), HttpVersion.Version11, "application/grpc-web")]
            : new[] { (gateway.Urls.First(), HttpVersion.Version11, "application/json") })
        {
            using var request = new HttpRequestMessage(isRpc ? HttpMethod.Post : new HttpMethod(kind), $"{address}/{what}") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            request.Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
            using var answer = await http.SendAsync(request);
            answers.Add(answer.Headers.Contains("X-Reached"));
        }

        return Assert.Single(answers.Distinct());
    }

    private static async Task<WebApplication> Anything()
    {
        using var data = new DataFolder();
        var app = ServiceBuilder.Create("Order", ["--environment=Development", "--Order:RestPort=0", "--Order:GrpcPort=0", "--data", data.Path], 0, 0).Build();
        app.MapFallback(static (HttpContext context) =>
        {
            context.Response.Headers["X-Reached"] = "yes";
            return Task.CompletedTask;
        }).AllowWithoutToken();
        await app.StartAsync();
        return app;
    }

    private static async Task<WebApplication> Gateway(string data, WebApplication behind, TestAuthority authority)
    {
        var app = GatewayService.Build(
        [
            "--environment=Development", "--data", data, "--Gateway:RestPort=0", "--Gateway:GrpcPort=0",
            .. authority.Settings,
            .. ServiceCatalog.Services.SelectMany(service => new[] { $"--{service.Name}:RestAddresses={behind.Urls.First()}", $"--{service.Name}:Addresses={behind.Urls.Last()}" }),
        ]);
        await app.StartAsync();
        return app;
    }
}
