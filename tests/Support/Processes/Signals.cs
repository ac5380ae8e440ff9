using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FoodDelivery.Tests.Support.Processes;

/// <summary>What an operating system sends to a process.</summary>
public static class Signals
{
    public const int Kill = 9;
    public const int Stop = 19;
    public const int Continue = 18;
    private const int Terminate = 15;

    /// <summary>SIGTERM: a request to end, as an orchestrator makes it.</summary>
    public static void AskToEnd(Process process)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Windows has no SIGTERM.");
        Send(process.Id, Terminate);
    }

    /// <summary>Any signal, to a process that need not be ours.</summary>
    internal static void Send(int process, int signal) => _ = Deliver(process, signal);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Deliver(int process, int signal);
}
