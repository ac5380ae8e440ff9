using System.Net.NetworkInformation;

namespace FoodDelivery.Tests.Support.Processes;

/// <summary>
/// Picks ports below those that the system hands out for outgoing connections, so that a service that is down keeps its port
/// until it is back.
/// </summary>
public static class FreePort
{
    private const int First = 15_000;
    private const int Last = 32_000;

    // Several suites run at once, and between a port's choice and its use lies a whole start: each takes every 16th.
    private const int Step = 16;

    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Given = [];

    /// <summary>A port that was not given before.</summary>
    public static int Next()
    {
        lock (Gate)
        {
            for (var tries = 0; tries < 1000; tries++)
            {
                var port = (Random.Shared.Next(First / Step, Last / Step) * Step) + (Environment.ProcessId % Step);
                if (!InUse(port) && Given.Add(port))
                    return port;
            }
        }

        throw new InvalidOperationException("No free port was found.");
    }

    private static bool InUse(int port) =>
        Array.Exists(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), listener => listener.Port == port);
}
