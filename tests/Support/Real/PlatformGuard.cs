using System.Diagnostics;

namespace FoodDelivery.Tests.Support.Real;

/// <summary>A shell that stops a platform when our end of the pipe closes, whether we are done or dead, and removes its folder.</summary>
internal sealed class PlatformGuard : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    private readonly Process _shell;

    public PlatformGuard(string data)
    {
        _shell = Process.Start(new ProcessStartInfo(
            "/bin/sh",
            ["-c", "trap '' INT TERM HUP; read -r end; \"$1\" --data \"$2\" > /dev/null 2>&1; rm -rf \"$2\"", "guard", Checkout.Local("down"), data])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        })!;
    }

    public async ValueTask DisposeAsync()
    {
        using var late = new CancellationTokenSource(Bound);
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync(late.Token);
        _shell.Dispose();
    }
}
