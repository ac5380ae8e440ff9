using System.Diagnostics;

namespace FoodDelivery.Tests.Support.Processes;

/// <summary>
/// Ends a process when the test host dies without having ended it: a shell that waits for a line from us, and kills when the
/// pipe breaks instead.
/// </summary>
internal sealed class Guard : IDisposable
{
    private readonly Process? _shell;

    public Guard(Process guarded)
    {
        if (OperatingSystem.IsWindows())
            return;
        _shell = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", "read -r line || kill -9 \"$1\" 2>/dev/null", "guard", guarded.Id.ToString() },
            RedirectStandardInput = true,
            UseShellExecute = false,
        });
    }

    /// <summary>Lets the guard go, without harm to anyone: the process has ended.</summary>
    public void Dispose()
    {
        if (_shell is null)
            return;
        try
        {
            _shell.StandardInput.WriteLine("ended");
            _shell.StandardInput.Close();
            _shell.WaitForExit(TimeSpan.FromSeconds(5));
        }
        catch (IOException)
        {
            // The guard has ended already.
        }

        _shell.Dispose();
    }
}
