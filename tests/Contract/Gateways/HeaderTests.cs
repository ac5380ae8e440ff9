using System.Diagnostics;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Contract.Hosting;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Tests.Contract.Gateways;

/// <summary>Headers that are too long are the affair of the call that has them, and not of those that share its connections.</summary>
public sealed class HeaderTests
{
    [Fact]
    public async Task A_call_with_too_many_headers_is_refused_alone_also_on_its_own_connection()
    {
        await using var behind = await RunningService.With(static app => app.MapGrpcService<Slow>().AllowWithoutToken());
        var large = new Metadata { { "x-a", new string('a', 6_000) }, { "x-b", new string('b', 6_000) }, { "x-c", new string('c', 6_000) } };
        for (var connection = 0; connection < 20; connection++)
        {
            await using var gateway = await RunningGateway.To("Order", behind);
            var orders = new OrderService.OrderServiceClient(gateway.Rpc);
            var others = Enumerable.Range(0, 10).Select(_ => orders.PlaceOrderAsync(new PlaceOrderRequest()).ResponseAsync).ToList();

            var refused = await Assert.ThrowsAsync<RpcException>(() => orders.PlaceOrderAsync(new PlaceOrderRequest(), large).ResponseAsync);

            Assert.All(await Task.WhenAll(others), static placed => Assert.Equal(1, placed.Order.OrderId));
            if (refused.Status.Detail.Contains("431", StringComparison.Ordinal))
                return;

            // A client that has read the gateway's settings by then asks it nothing.
            Assert.Contains("exceeded the server limit of 16384 bytes", refused.Status.Detail, StringComparison.Ordinal);
        }

        Assert.Fail("The gateway itself has never refused.");
    }

    [Theory]
    [InlineData(2, 6_000)]
    [InlineData(1, 14_000)]
    [InlineData(40, 200)]
    public async Task What_the_gateway_lets_in_fits_the_service(int count, int length)
    {
        await using var behind = await RunningService.With(static app =>
        {
            app.MapGrpcService<Slow>().AllowWithoutToken();
            app.MapGet("/orders/{id}", static (string id) => id.Length).AllowWithoutToken();
        });
        await using var gateway = await RunningGateway.To("Order", behind);
        var headers = new Metadata();
        for (var number = 0; number < count; number++)
            headers.Add($"x-{number}", new string('a', length));

        Assert.Equal(1, (await new OrderService.OrderServiceClient(gateway.Rpc).PlaceOrderAsync(new PlaceOrderRequest(), headers)).Order.OrderId);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/orders/{string.Concat(Enumerable.Repeat("%22", 2_000))}");
        foreach (var header in headers)
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        Assert.Equal("2000", await (await gateway.Rest.SendAsync(request)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_services_calls_carry_no_baggage_of_its_callers()
    {
        await using var service = await RunningService.With(static app => app.MapGet("/x", static () => string.Join(',', Activity.Current!.Baggage) + Activity.Current.TraceId));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/x");
        request.Headers.Add("baggage", "evil=1");
        request.Headers.Add("traceparent", "00-11111111111111111111111111111111-2222222222222222-01");
        Assert.Equal("11111111111111111111111111111111", await (await service.Rest.SendAsync(request)).Content.ReadAsStringAsync());
    }

    private sealed class Slow : OrderService.OrderServiceBase
    {
        public override async Task<PlaceOrderResponse> PlaceOrder(PlaceOrderRequest request, ServerCallContext context)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.3), context.CancellationToken);
            return new PlaceOrderResponse { Order = new Order { OrderId = 1 } };
        }
    }
}
