using FoodDelivery.Services.Gateway;
using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Support;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Tests.Contract.Forwarding;

public sealed class DevelopmentProxyTests
{
    private static readonly (string Service, string Segment)[] Known =
    [
        ("Order", "orders"), ("Order", "주문s"), ("Order", "customers"), ("Pay", "payments"), ("Pay", "결제이력s"), ("Pay", "cards"), ("Pay", "provider-simulator"),
        ("Store", "stores"), ("Store", "deliveries"), ("Store", "주문관리s"), ("Store", "bakeries"), ("Store", "주문처리s"),
        ("Customer", "orderStatuses"), ("Customer", "mypages"), ("Customer", "notifications"), ("Customer", "members"), ("Customer", "owners"),
        ("Customer", "operations/order-statuses"),
    ];

    public static IEnumerable<object[]> Paths() => Segments().Select(static path => new object[] { path.Service, path.Segment });

    [Fact]
    public void No_path_of_a_tester_is_missing() => Assert.Empty(Known.Except(Segments()));

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Each_path_leads_to_its_service(string service, string segment)
    {
        await using var behind = await RunningService.With(Echo);
        await using var proxy = await Proxy.To(service, behind.Rest.BaseAddress!);

        foreach (var path in new[] { $"/{segment}", $"/{segment}/1", $"/{Uri.EscapeDataString(segment).Replace("%2F", "/", StringComparison.Ordinal)}?orderId=1&text=%ED%95%9C%20a%2Fb" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StringContent("통닭", Encoding.UTF8) };
            var answer = await proxy.Rest.SendAsync(request);

            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.Equal($"PATCH {Unescaped(path)} 통닭", await answer.Content.ReadAsStringAsync());
            Assert.Equal("kept", answer.Headers.GetValues("X-Kept").Single());
        }
    }

    [Fact]
    public async Task A_path_of_nobody_is_404_and_a_service_that_is_down_502()
    {
        await using var proxy = await Proxy.To("Order", new Uri("http://127.0.0.1:1"));

        Assert.Equal(HttpStatusCode.NotFound, await Problem(proxy, "/nothing"));
        Assert.Equal(HttpStatusCode.NotFound, await Problem(proxy, "/ordersX"));
        Assert.Equal(HttpStatusCode.BadGateway, await Problem(proxy, "/orders"));
    }

    [Fact]
    public async Task Calls_of_web_pages_pass_the_proxy_too()
    {
        await using var behind = await RunningService.With(static app => app.MapGrpcService<Statuses>());
        await using var proxy = await Proxy.To("Customer", behind.Rest.BaseAddress!);
        var message = new GetOrderStatusRequest { OrderId = 7 }.ToByteArray();
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        using var content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc-web+proto") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fooddelivery.customer.v1.OrderStatusService/GetOrderStatus") { Content = content };
        request.Headers.Add("Origin", "http://localhost:5173");

        var answer = await proxy.Rest.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1));
        Assert.Equal(7, GetOrderStatusResponse.Parser.ParseFrom(bytes, 5, length).OrderStatus.OrderId);
        Assert.Matches("(?i)grpc-status: ?0", Encoding.ASCII.GetString(bytes, 5 + length, bytes.Length - length - 5));
    }

    [Fact]
    public async Task A_page_of_this_machine_may_call_and_a_strange_one_may_not()
    {
        await using var service = await RunningService.With(Echo);

        Assert.Equal("http://localhost:5173", await AllowedOrigin(service, "http://localhost:5173"));
        Assert.Null(await AllowedOrigin(service, "https://evil.example"));
    }

    private static IEnumerable<(string Service, string Segment)> Segments() =>
        DevelopmentProxy.Segments(new ConfigurationBuilder().AddInMemoryCollection(ServiceCatalog.Settings).Build());

    private static void Echo(WebApplication app) => app.MapFallback(async (HttpContext context) =>
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers["X-Kept"] = "kept";
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        await context.Response.WriteAsync($"{context.Request.Method} {context.Request.Path.Value}{Uri.UnescapeDataString(context.Request.QueryString.Value!)} {body}");
    });

    private static string Unescaped(string path) => Uri.UnescapeDataString(path);

    private static async Task<HttpStatusCode> Problem(Proxy proxy, string path)
    {
        var answer = await proxy.Rest.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return answer.StatusCode;
    }

    private static async Task<string?> AllowedOrigin(RunningService service, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/orders");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        var answer = await service.Rest.SendAsync(request);
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;
    }

    private sealed class Statuses : OrderStatusService.OrderStatusServiceBase
    {
        public override Task<GetOrderStatusResponse> GetOrderStatus(GetOrderStatusRequest request, ServerCallContext context) =>
            Task.FromResult(new GetOrderStatusResponse { OrderStatus = new OrderStatusView { OrderId = request.OrderId } });
    }

    private sealed class Proxy : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly DataFolder _data;

        private Proxy(WebApplication app, DataFolder data)
        {
            (_app, _data) = (app, data);
            Rest = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(20) };
        }

        public HttpClient Rest { get; }

        public static async Task<Proxy> To(string service, Uri address)
        {
            var data = new DataFolder();
            var app = DevelopmentProxy.Build(["--environment=Development", "--Local:DoorPort=0", "--data", data.Path, $"--{service}:RestAddresses={address}"]);
            await ServiceRunner.Start(app);
            return new Proxy(app, data);
        }

        public async ValueTask DisposeAsync()
        {
            Rest.Dispose();
            await _app.DisposeAsync();
            _data.Dispose();
        }
    }
}
