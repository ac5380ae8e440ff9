using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Support;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Gateways;

/// <summary>A browser that is frozen, or gone without a word, holds neither a stream of the service nor one of its share at the gateway for long.</summary>
public sealed class VanishedBrowserTests
{
    private const string Path = "/fooddelivery.customer.v1.OrderStatusService/WatchOrder";
    private static readonly byte[] Frame = [0, 0, 0, 0, 2, 8, 1];

    [Fact]
    public async Task A_browser_that_reads_no_more_gives_its_places_back_on_every_hop()
    {
        var open = new Open();
        await using var service = await Watched(open, "--Limits:WebStreamSeconds=3");
        await using var gateway = await RunningGateway.To("Customer", [service], "--Limits:Client:Streams=1");
        using var frozen = await Frozen(gateway);
        await Eventually.Holds(() =>
        {
            Assert.Equal(1, open.Streams);
            return Task.CompletedTask;
        });
        Assert.Equal("8", await Status(gateway));

        await Eventually.Holds(async () => Assert.Null(await Status(gateway)));
        await Eventually.Holds(() =>
        {
            Assert.Equal(0, open.Streams);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_browser_that_is_there_is_told_to_call_again_and_that_is_no_refusal()
    {
        await using var service = await Watched(new Open(), "--Limits:WebStreamSeconds=1");
        using var request = Request(null);
        using var response = await service.Rest.SendAsync(request);

        Assert.Contains("grpc-status: 14", await response.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("\nfooddelivery_refusals_total{[^}]*} [1-9]", await service.Rest.GetStringAsync("/metrics"));
    }

    private static Task<RunningService> Watched(Open open, string setting) => RunningService.With(
        builder => builder.Services.AddSingleton(open),
        static app => app.MapGrpcService<Endless>().AllowWithoutToken(),
        setting);

    private static async Task<TcpClient> Frozen(RunningGateway gateway)
    {
        var browser = new TcpClient { ReceiveBufferSize = 1024 };
        await browser.ConnectAsync(IPAddress.Loopback, gateway.Rest.BaseAddress!.Port);
        var head = $"POST {Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/grpc-web+proto\r\nContent-Length: {Frame.Length}\r\nAuthorization: Bearer {gateway.Tokens.For("kim", "customer")}\r\n\r\n";
        await browser.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. Frame]);
        return browser;
    }

    // What a stream begins with: nothing of a status, unless it is refused.
    private static async Task<string?> Status(RunningGateway gateway)
    {
        using var request = Request(gateway.Tokens.For("kim", "customer"));
        using var response = await gateway.Rest.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.Headers.TryGetValues("grpc-status", out var status) ? status.Single() : null;
    }

    private static HttpRequestMessage Request(string? token) => new(HttpMethod.Post, Path)
    {
        Content = new ByteArrayContent(Frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc-web+proto") } },
        Headers = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    private sealed class Open
    {
        private int _streams;

        public int Streams => Volatile.Read(ref _streams);

        public void Change(int by) => Interlocked.Add(ref _streams, by);
    }

    private sealed class Endless(Open open) : OrderStatusService.OrderStatusServiceBase
    {
        public override async Task WatchOrder(WatchOrderRequest request, IServerStreamWriter<WatchOrderResponse> responseStream, ServerCallContext context)
        {
            open.Change(1);
            try
            {
                await responseStream.WriteAsync(new WatchOrderResponse { OrderId = request.OrderId });
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
            finally
            {
                open.Change(-1);
            }
        }
    }
}
