using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Support;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Tests.Contract.Gateways;

/// <summary>What a request looks like behind the gateway, and what leaves it.</summary>
public sealed class EdgeTests
{
    [Fact]
    public async Task Behind_the_gateway_a_request_tells_who_asked_and_not_what_he_claimed()
    {
        await using var behind = await RunningService.With(static app => app.MapGet("/orders", static (HttpContext context) =>
            context.Request.Headers.ToDictionary(static header => header.Key.ToLowerInvariant(), static header => header.Value.ToString())).AllowWithoutToken());
        await using var gateway = await RunningGateway.To("Order", behind);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders");
        foreach (var (name, value) in new[]
        {
            ("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/evil"), ("Forwarded", "for=6.6.6.6"),
            ("traceparent", "00-11111111111111111111111111111111-2222222222222222-01"), ("baggage", "evil=1"), ("X-Request-Id", "mine-1"),
        })
        {
            request.Headers.Add(name, value);
        }

        var answer = await gateway.Rest.SendAsync(request);
        var seen = JsonSerializer.Deserialize<Dictionary<string, string>>(await answer.Content.ReadAsStringAsync())!;

        Assert.DoesNotContain("evil", string.Join(' ', seen.Values), StringComparison.Ordinal);
        Assert.DoesNotContain("6.6.6.6", string.Join(' ', seen.Values), StringComparison.Ordinal);
        Assert.Contains(seen["x-forwarded-for"], new[] { "127.0.0.1", "::1", "::ffff:127.0.0.1" });
        Assert.Equal("http", seen["x-forwarded-proto"]);
        Assert.Equal("mine-1", seen["x-request-id"]);
        Assert.StartsWith("Bearer ey", seen["authorization"], StringComparison.Ordinal);
        Assert.Equal("mine-1", answer.Headers.GetValues("X-Request-Id").Single());
        Assert.StartsWith("00-", seen["traceparent"], StringComparison.Ordinal);
        Assert.DoesNotContain("11111111111111111111111111111111", seen["traceparent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_is_none_is_replaced_by_the_trace()
    {
        await using var behind = await RunningService.With(static app => app.MapGet("/orders", static (HttpContext context) => context.Request.Headers.TraceParent.ToString()).AllowWithoutToken());
        await using var gateway = await RunningGateway.To("Order", behind);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders") { Headers = { { "X-Request-Id", "a<script>" } } };
        var answer = await gateway.Rest.SendAsync(request);

        Assert.Contains(answer.Headers.GetValues("X-Request-Id").Single(), await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trusted_proxy_is_believed()
    {
        await using var behind = await RunningService.With(static app => app.MapGet("/orders", static (HttpContext context) => context.Request.Headers["X-Forwarded-For"].ToString()).AllowWithoutToken());
        await using var gateway = await RunningGateway.To("Order", [behind], "--Gateway:TrustedProxies=127.0.0.0/8, ::1");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders") { Headers = { { "X-Forwarded-For", "203.0.113.7" } } };
        Assert.Equal("203.0.113.7", await (await gateway.Rest.SendAsync(request)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_address_that_the_settings_gain_is_asked_without_a_restart()
    {
        await using var one = await RunningService.With(static app => app.MapGet("/orders", static () => "one").AllowWithoutToken());
        await using var other = await RunningService.With(static app => app.MapGet("/orders", static () => "other").AllowWithoutToken());
        await using var gateway = await RunningGateway.To("Order", one);
        Assert.Equal("one", await gateway.Rest.GetStringAsync("/orders"));

        var settings = (IConfigurationRoot)gateway.App.Configuration;
        settings["Order:RestAddresses"] = other.App.Urls.First();
        settings.Reload();

        await Eventually.Holds(async () => Assert.Equal("other", await gateway.Rest.GetStringAsync("/orders")));
    }

    [Fact]
    public async Task Calls_streams_and_pages_pass_in_their_own_protocols()
    {
        await using var behind = await RunningService.With(static app => app.MapGrpcService<Statuses>().AllowWithoutToken());
        await using var gateway = await RunningGateway.To("Customer", behind);
        var client = new OrderStatusService.OrderStatusServiceClient(gateway.Rpc);

        Assert.Equal(7, (await client.GetOrderStatusAsync(new GetOrderStatusRequest { OrderId = 7 })).OrderStatus.OrderId);
        using var watch = client.WatchOrder(new WatchOrderRequest { OrderId = 3 });
        var seen = new List<long>();
        await foreach (var change in watch.ResponseStream.ReadAllAsync())
            seen.Add(change.OrderId);
        Assert.Equal([3, 4], seen);
        Assert.Equal("kept", watch.GetTrailers().GetValue("x-trailer"));

        var refused = await Assert.ThrowsAsync<RpcException>(() => client.ListOrderStatusesAsync(new ListOrderStatusesRequest()).ResponseAsync);
        Assert.Equal((StatusCode.NotFound, "아무도"), (refused.StatusCode, refused.Status.Detail));

        Assert.Equal(9, await OverWeb(gateway, 9));
    }

    [Fact]
    public async Task A_path_is_found_again_however_long_those_beside_it_are()
    {
        await using var behind = await RunningService.With(static app => app.MapPut("/cards/{customer}", static (string customer) => customer).AllowWithoutToken());
        await using var gateway = await RunningGateway.To("Pay", behind);

        for (var time = 0; time < 50; time++)
        {
            using var answer = await gateway.Rest.PutAsync("/cards/kim", new StringContent(""));
            Assert.Equal("kim", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_call_that_is_not_public_is_unimplemented()
    {
        await using var gateway = await RunningGateway.With();
        var payments = new FoodDelivery.Protos.Payment.V1.PaymentService.PaymentServiceClient(gateway.Rpc);

        var refused = await Assert.ThrowsAsync<RpcException>(() => payments.ApprovePaymentAsync(new FoodDelivery.Protos.Payment.V1.ApprovePaymentRequest()).ResponseAsync);

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }

    [Fact]
    public async Task One_document_describes_what_is_public_of_all_services()
    {
        await using var orders = await RunningService.With(static app =>
        {
            app.MapGet("/orders/{id:long}", static (long id) => new Thing(id));
            app.MapPut("/orders/{id:long}/secret", static (long id) => new Thing(id));
        });
        await using var stores = await RunningService.With(static app => app.MapGet("/stores", static () => new Thing(1)));
        await using var gateway = await RunningGateway.With($"--Order:RestAddresses={orders.App.Urls.First()}", $"--Store:RestAddresses={stores.App.Urls.First()}");

        await Eventually.Holds(async () =>
        {
            using var document = JsonDocument.Parse(await gateway.Stranger.GetStringAsync("/openapi/v1.json"));
            var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(static path => path.Name);
            Assert.Equal(["/orders/{id}", "/stores"], paths.Order(StringComparer.Ordinal));
            Assert.True(document.RootElement.GetProperty("components").GetProperty("schemas").TryGetProperty("Order.Thing", out _));
            Assert.Contains("#/components/schemas/Store.Thing", document.RootElement.GetRawText(), StringComparison.Ordinal);
        });
        Assert.Contains("/openapi/v1.json", await gateway.Rest.GetStringAsync("/swagger/index.js"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_services_are_asked_for_their_descriptions_with_the_callers_token()
    {
        await using var orders = await RunningService.With(static app => app.MapGet("/openapi/v1.json", static (HttpRequest request) =>
            request.Headers.Authorization.Count == 1 ? Results.Text("""{"paths":{"/orders":{"get":{}}}}""") : Results.Unauthorized()).AllowWithoutToken());
        await using var gateway = await RunningGateway.To("Order", [orders], "--environment=Production");

        await Eventually.Holds(async () => Assert.Contains("/orders", await gateway.Rest.GetStringAsync("/openapi/v1.json"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_has_no_token_yet_comes_by_one_through_the_gateway_in_development_alone()
    {
        await using var identity = await RunningService.With(static app => app.MapPost("/connect/token", static () => "a token").AllowWithoutToken());
        await using var gateway = await RunningGateway.To("Identity", [identity]);
        await using var closed = await RunningGateway.To("Identity", [identity], "--environment=Production");

        Assert.Equal("a token", await (await gateway.Stranger.PostAsync("/connect/token", null)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await closed.Stranger.PostAsync("/connect/token", null)).StatusCode);
    }

    private static async Task<long> OverWeb(RunningGateway gateway, long order)
    {
        var message = new GetOrderStatusRequest { OrderId = order }.ToByteArray();
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        using var content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc-web+proto") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fooddelivery.customer.v1.OrderStatusService/GetOrderStatus") { Content = content };
        request.Headers.Add("Origin", "http://localhost:5173");
        var answer = await gateway.Rest.SendAsync(request);
        Assert.Equal("http://localhost:5173", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1));
        Assert.Matches("(?i)grpc-status: ?0", Encoding.ASCII.GetString(bytes, 5 + length, bytes.Length - length - 5));
        return GetOrderStatusResponse.Parser.ParseFrom(bytes, 5, length).OrderStatus.OrderId;
    }

    private sealed record Thing(long Id);

    private sealed class Statuses : OrderStatusService.OrderStatusServiceBase
    {
        public override Task<GetOrderStatusResponse> GetOrderStatus(GetOrderStatusRequest request, ServerCallContext context) =>
            Task.FromResult(new GetOrderStatusResponse { OrderStatus = new OrderStatusView { OrderId = request.OrderId } });

        public override Task<ListOrderStatusesResponse> ListOrderStatuses(ListOrderStatusesRequest request, ServerCallContext context) =>
            throw new RpcException(new Status(StatusCode.NotFound, "아무도"));

        public override async Task WatchOrder(WatchOrderRequest request, IServerStreamWriter<WatchOrderResponse> responseStream, ServerCallContext context)
        {
            context.ResponseTrailers.Add("x-trailer", "kept");
            await responseStream.WriteAsync(new WatchOrderResponse { OrderId = request.OrderId });
            await responseStream.WriteAsync(new WatchOrderResponse { OrderId = request.OrderId + 1 });
        }
    }
}
