using System.Diagnostics;
using System.Net.Sockets;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Somebody who asks until there is an answer, as people do when a page does not load.</summary>
internal static class Insistence
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Repeats a request until it is granted, or refused because it was granted before and the answer got lost.</summary>
    public static async Task Until(Func<Task<Answer>> request)
    {
        var watch = Stopwatch.StartNew();
        while (!await IsAnswered(request))
        {
            Assert.True(watch.Elapsed < Patience, "Nobody answered.");
            await Task.Delay(Pause);
        }
    }

    private static async Task<bool> IsAnswered(Func<Task<Answer>> request)
    {
        try
        {
            return await request() is { Status: (>= 200 and < 300) or 409 };
        }
        catch (Exception unclear) when (unclear is HttpRequestException or SocketException or TaskCanceledException)
        {
            return false;
        }
    }
}
