using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>A process that may have few handles refuses whom it has none for, and lives.</summary>
[NeedsOutside("bash")]
public sealed class HandleLimitTests
{
    private const int Handles = 700;
    private const int Watchers = 1_000;

    private static readonly byte[] Frame = [0, 0, 0, 0, 2, 8, 1];

    [SuiteFact]
    public async Task More_watchers_than_there_are_handles_for_are_refused_and_the_service_goes_on()
    {
        using var data = new DataFolder();
        var address = ServiceAddress.Free("Customer");
        using var service = Start(address, data.Path);
        try
        {
            using var http = new HttpClient { BaseAddress = address.Rest, Timeout = TimeSpan.FromSeconds(10) };
            await Eventually.Holds(async () => Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz/ready")).StatusCode), TimeSpan.FromMinutes(2));
            var watchers = new List<Socket>();
            for (var number = 0; number < Watchers; number++)
                watchers.Add(await Watch(address.RestPort));

            // A probe may be hung up on where it is one too many at the moment, and is not where those have left who were refused.
            using var probe = new HttpClient { BaseAddress = address.Rest, Timeout = TimeSpan.FromSeconds(10) };
            await Eventually.Holds(async () => Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/healthz/live")).StatusCode));
            var metrics = await probe.GetStringAsync("/metrics");
            Assert.Matches("limits_refusals_total{limit=\"handles\"} [1-9]", metrics);
            Assert.Matches("fooddelivery_limits_streams [1-9][0-9]+\n", metrics);

            watchers.ForEach(static watcher => watcher.Dispose());
            await Eventually.Holds(async () => Assert.Matches("fooddelivery_limits_streams 0\n", await probe.GetStringAsync("/metrics")));
            Assert.False(service.HasExited);
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
        }
    }

    private static Process Start(ServiceAddress address, string data)
    {
        var start = new ProcessStartInfo("bash") { WorkingDirectory = AppContext.BaseDirectory, UseShellExecute = false };
        string[] arguments =
        [
            "-c", $"ulimit -n {Handles} && exec dotnet \"$@\"", "bash", Path.Combine(Checkout.Programs, "FoodDelivery.Services.Customer.dll"), "--environment", "Development",
            .. address.Settings(), "--Limits:StreamOpeningsPerSecond=5000", "--data", data,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        return Process.Start(start)!;
    }

    private static async Task<Socket> Watch(int port)
    {
        var browser = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await browser.ConnectAsync(IPAddress.Loopback, port);
            var head = $"POST /fooddelivery.customer.v1.OrderStatusService/WatchOrder HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/grpc-web+proto\r\nContent-Length: {Frame.Length}\r\n\r\n";
            await browser.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. Frame]);
        }
        catch (SocketException)
        {
            // It was hung up on.
        }

        return browser;
    }
}
