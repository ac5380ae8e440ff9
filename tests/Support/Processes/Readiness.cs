using System.Diagnostics;
using System.Net.Sockets;

namespace FoodDelivery.Tests.Support.Processes;

/// <summary>Asks services whether they are ready.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <exception cref="TimeoutException">They are not, within the bound, or their process has ended.</exception>
    public static async Task Of(IReadOnlyList<ServiceAddress> services, Func<bool> runs, TimeSpan bound)
    {
        var watch = Stopwatch.StartNew();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        foreach (var service in services)
        {
            while (!await IsReady(http, service))
            {
                if (!runs())
                    throw new TimeoutException($"{service.Service} ended before it was ready.");
                if (watch.Elapsed > bound)
                    throw new TimeoutException($"{service.Service} was not ready within {bound.TotalSeconds} s.");
                await Task.Delay(Pause);
            }
        }
    }

    private static async Task<bool> IsReady(HttpClient http, ServiceAddress service)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(service.Rest, "/healthz/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or SocketException or TaskCanceledException)
        {
            return false;
        }
    }
}
