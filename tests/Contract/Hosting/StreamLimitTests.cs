using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Support;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Tests.Contract.Hosting;

/// <summary>Streams have a bound of their own, are opened one after the other, and leave probes a connection.</summary>
public sealed class StreamLimitTests
{
    private static readonly byte[] Frame = [0, 0, 0, 0, 2, 8, 1];

    [Fact]
    public async Task What_is_over_is_refused_and_a_place_that_is_given_back_is_taken_again()
    {
        await using var service = await Watched("--Limits:Streams=2", "--Limits:Concurrency=1", "--Limits:Queue=0");
        using var channel = GrpcChannel.ForAddress(service.App.Urls.Last());
        var client = new OrderStatusService.OrderStatusServiceClient(channel);
        using var first = client.WatchOrder(new WatchOrderRequest { OrderId = 1 }, Soon);
        using var second = client.WatchOrder(new WatchOrderRequest { OrderId = 2 }, Soon);
        await Task.WhenAll(first.ResponseHeadersAsync, second.ResponseHeadersAsync);

        using var third = client.WatchOrder(new WatchOrderRequest { OrderId = 3 }, Soon);
        var refused = await Assert.ThrowsAsync<RpcException>(() => third.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Contains("RetryInfo", System.Text.Encoding.Latin1.GetString(refused.Trailers.GetValueBytes("grpc-status-details-bin")!), StringComparison.Ordinal);
        Assert.Equal(7, (await client.GetOrderStatusAsync(new GetOrderStatusRequest { OrderId = 7 }, Soon)).OrderStatus.OrderId);
        Assert.Matches("limits_refusals_total{limit=\"streams\"} 1", await service.Rest.GetStringAsync("/metrics"));

        first.Dispose();
        await Eventually.Holds(async () =>
        {
            using var again = client.WatchOrder(new WatchOrderRequest { OrderId = 4 }, Soon);
            Assert.True(await again.ResponseStream.MoveNext(CancellationToken.None));
        });
    }

    [Fact]
    public async Task Browsers_that_watch_leave_a_probe_its_connection()
    {
        await using var service = await Watched("--Limits:Connections=10");
        using var browsers = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 100 }) { BaseAddress = service.Rest.BaseAddress };
        var answers = new List<HttpResponseMessage>();
        for (var number = 0; number < 14; number++)
            answers.Add(await Watch(browsers));

        Assert.Equal(8, answers.Count(static answer => !answer.Headers.Contains("grpc-status")));
        Assert.All(answers[8..], static answer => Assert.Equal("14", answer.Headers.GetValues("grpc-status").Single()));
        using var probe = new HttpClient { BaseAddress = service.Rest.BaseAddress, Timeout = TimeSpan.FromSeconds(5) };
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/healthz/live")).StatusCode);
        answers.ForEach(static answer => answer.Dispose());
    }

    [Fact]
    public async Task Those_who_all_come_at_once_are_let_in_one_after_the_other_and_requests_do_not_wait_for_them()
    {
        await using var service = await Watched("--Limits:StreamOpeningsPerSecond=10");
        using var channel = GrpcChannel.ForAddress(service.App.Urls.Last());
        var client = new OrderStatusService.OrderStatusServiceClient(channel);
        var watch = Stopwatch.StartNew();
        var calls = Enumerable.Range(1, 12).Select(order => client.WatchOrder(new WatchOrderRequest { OrderId = order }, Soon)).ToList();
        var opened = Task.WhenAll(calls.Select(static call => call.ResponseHeadersAsync));

        await client.GetOrderStatusAsync(new GetOrderStatusRequest { OrderId = 7 }, Soon);
        Assert.False(opened.IsCompleted);
        await opened;

        Assert.InRange(watch.Elapsed.TotalSeconds, 11 * 0.1, 20);
        Assert.Matches("fooddelivery_limits_openings_total 12\n", await service.Rest.GetStringAsync("/metrics"));
        Assert.Matches("fooddelivery_limits_streams 12\n", await service.Rest.GetStringAsync("/metrics"));
        calls.ForEach(static call => call.Dispose());
        await Eventually.Holds(async () => Assert.Matches("fooddelivery_limits_streams 0\n", await service.Rest.GetStringAsync("/metrics")));
    }

    [Fact]
    public async Task Who_waits_too_long_to_be_let_in_is_told_to_come_again()
    {
        await using var service = await Watched("--Limits:StreamOpeningsPerSecond=1", "--Limits:LongestOpeningSeconds=0.2");
        using var channel = GrpcChannel.ForAddress(service.App.Urls.Last());
        var client = new OrderStatusService.OrderStatusServiceClient(channel);
        using var first = client.WatchOrder(new WatchOrderRequest { OrderId = 1 }, Soon);
        await first.ResponseHeadersAsync;
        using var second = client.WatchOrder(new WatchOrderRequest { OrderId = 2 }, Soon);

        var refused = await Assert.ThrowsAsync<RpcException>(() => second.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
    }

    [Fact]
    public async Task Who_waits_for_what_is_not_there_yet_keeps_nobody_from_being_let_in()
    {
        await using var service = await Watched("--Limits:StreamOpeningsPerSecond=10");
        using var channel = GrpcChannel.ForAddress(service.App.Urls.Last());
        var client = new OrderStatusService.OrderStatusServiceClient(channel);
        using var waiting = client.WatchOrder(new WatchOrderRequest { OrderId = Endless.NotThere }, Soon);
        var answered = waiting.ResponseHeadersAsync;
        await Eventually.Holds(() =>
        {
            Assert.True(Endless.Waits);
            return Task.CompletedTask;
        });

        using var second = client.WatchOrder(new WatchOrderRequest { OrderId = 2 }, Soon);
        await second.ResponseHeadersAsync;

        Assert.False(answered.IsCompleted);
    }

    private static CallOptions Soon => new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30));

    private static Task<RunningService> Watched(params string[] settings) =>
        RunningService.With(static _ => { }, static app => app.MapGrpcService<Endless>().AllowWithoutToken(), settings);

    private static async Task<HttpResponseMessage> Watch(HttpClient browsers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fooddelivery.customer.v1.OrderStatusService/WatchOrder")
        {
            Content = new ByteArrayContent(Frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc-web+proto") } },
        };
        return await browsers.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private sealed class Endless : OrderStatusService.OrderStatusServiceBase
    {
        public const long NotThere = 404;

        public static bool Waits { get; private set; }

        public override async Task WatchOrder(WatchOrderRequest request, IServerStreamWriter<WatchOrderResponse> responseStream, ServerCallContext context)
        {
            if (request.OrderId == NotThere)
            {
                Waits = true;
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }

            await responseStream.WriteAsync(new WatchOrderResponse { OrderId = request.OrderId });
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        public override Task<GetOrderStatusResponse> GetOrderStatus(GetOrderStatusRequest request, ServerCallContext context) =>
            Task.FromResult(new GetOrderStatusResponse { OrderStatus = new OrderStatusView { OrderId = request.OrderId } });
    }
}
