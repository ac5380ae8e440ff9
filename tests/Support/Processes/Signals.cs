using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FoodDelivery.Tests.Support.Processes;

/// <summary>What an operating system sends to a process.</summary>
internal static class Signals
{
    private const int Terminate = 15;

    /// <summary>SIGTERM: a request to end, as an orchestrator makes it.</summary>
    public static void AskToEnd(Process process)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Windows has no SIGTERM.");
        _ = Kill(process.Id, Terminate);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
