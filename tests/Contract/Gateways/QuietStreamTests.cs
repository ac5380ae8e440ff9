using System.Net.Http.Headers;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Contract.Hosting;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;

namespace FoodDelivery.Tests.Contract.Gateways;

/// <summary>An order that is quiet for long is watched on; its watcher knows from the beginning that it is listened to.</summary>
public sealed class QuietStreamTests
{
    [Fact]
    public async Task A_stream_that_says_nothing_is_answered_at_once_in_both_protocols()
    {
        await using var service = await RunningService.With(static app => app.MapGrpcService<Quiet>().AllowWithoutToken());
        await using var gateway = await RunningGateway.To("Customer", service);
        using var call = new OrderStatusService.OrderStatusServiceClient(gateway.Rpc).WatchOrder(new WatchOrderRequest { OrderId = 1 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fooddelivery.customer.v1.OrderStatusService/WatchOrder")
        {
            Content = new ByteArrayContent([0, 0, 0, 0, 2, 8, 1]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc-web+proto") } },
        };

        await call.ResponseHeadersAsync.WaitAsync(TimeSpan.FromSeconds(10));
        using var answer = await gateway.Rest.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.False(answer.Headers.Contains("grpc-status"));
    }

    [Fact]
    public async Task No_time_ends_a_stream_and_some_time_every_other_request()
    {
        await using var gateway = await RunningGateway.With();
        var proxy = gateway.App.Services.GetRequiredService<IProxyStateLookup>();

        Assert.All(proxy.GetClusters(), static cluster => Assert.Equal(Timeout.InfiniteTimeSpan, cluster.Model.Config.HttpRequest?.ActivityTimeout));
        var routes = proxy.GetRoutes().Select(static route => route.Config).ToLookup(static route => route.Timeout is not null, static route => route.RouteId);
        Assert.NotEmpty(routes[false]);
        Assert.All(routes[false], static route => Assert.Matches(@"-(Watch(Order|Tickets)|\*)(-web)?$", route));
        Assert.Contains(routes[true], static route => route.EndsWith("-GetOrderStatus", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_whose_service_breaks_off_is_to_be_asked_for_again()
    {
        await using var service = await RunningService.With(static app => app.MapGrpcService<Dying>().AllowWithoutToken());
        await using var gateway = await RunningGateway.To("Customer", service);
        using var call = new OrderStatusService.OrderStatusServiceClient(gateway.Rpc).WatchOrder(new WatchOrderRequest { OrderId = 1 });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var end = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
    }

    private sealed class Dying : OrderStatusService.OrderStatusServiceBase
    {
        public override async Task WatchOrder(WatchOrderRequest request, IServerStreamWriter<WatchOrderResponse> responseStream, ServerCallContext context)
        {
            await responseStream.WriteAsync(new WatchOrderResponse { OrderId = request.OrderId });
            await Task.Delay(TimeSpan.FromMilliseconds(300));
            context.GetHttpContext().Abort();
        }
    }

    private sealed class Quiet : OrderStatusService.OrderStatusServiceBase
    {
        public override async Task WatchOrder(WatchOrderRequest request, IServerStreamWriter<WatchOrderResponse> responseStream, ServerCallContext context)
        {
            await context.WriteResponseHeadersAsync([]);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
    }
}
