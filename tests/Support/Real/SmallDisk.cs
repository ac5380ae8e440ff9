using System.Diagnostics;
using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.Support.Real;

/// <summary>
/// A small disk in the place of a folder, with what was in it; it can be filled to the last byte. Whoever may mount can have one. The folder is back with
/// the end of the tests, however they end.
/// </summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private const int RoomMegabytes = 64;

    private const string Script =
        """
        trap '' INT TERM HUP
        used=$(du -sm "$1" | cut -f1) && mv "$1" "$1.aside" && mkdir -m 700 "$1" || exit 1
        mount -t tmpfs -o "size=$((used + $2))m,mode=700" tmpfs "$1" || { rmdir "$1"; mv "$1.aside" "$1"; exit 1; }
        cp -a --sparse=always "$1.aside/." "$1/" && chown --reference="$1.aside" "$1" && chmod --reference="$1.aside" "$1" && echo ready
        read -r end
        rm -f "$1/ballast"; rm -rf "$1.aside"/*; cp -a --sparse=always "$1/." "$1.aside/"; umount -l "$1"; rmdir "$1"; mv "$1.aside" "$1"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Lazy<string?> Refused = new(Try);
    private static readonly byte[] Ballast = new byte[4096];

    private readonly string _folder;
    private readonly Process _shell;

    private SmallDisk(string folder)
    {
        _folder = folder;
        _shell = OutsideProgram.Start("/bin/sh", ["-c", Script, "small-disk", folder, $"{RoomMegabytes}"]);
    }

    /// <summary>Why there can be none here; null if there can, or if the environment says CI=true and so it shall fail.</summary>
    public static string? SkipReason =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase) ? null : Refused.Value;

    private string File => Path.Combine(_folder, "ballast");

    /// <summary>Moves a folder that nobody uses onto a disk with some room left.</summary>
    /// <exception cref="InvalidOperationException">This user or system does not mount.</exception>
    public static async Task<SmallDisk> Over(string folder)
    {
        var disk = new SmallDisk(folder);
        using var late = new CancellationTokenSource(Patience);
        if (await disk._shell.StandardOutput.ReadLineAsync(late.Token) == "ready")
            return disk;

        var errors = await disk._shell.StandardError.ReadToEndAsync(late.Token);
        disk._shell.Dispose();
        throw new InvalidOperationException($"There is no small disk over {folder}: {errors}");
    }

    /// <summary>Leaves no room for another page.</summary>
    public void Fill()
    {
        using var file = new FileStream(File, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                file.Write(Ballast);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <summary>Makes room again.</summary>
    public void Empty() => System.IO.File.Delete(File);

    /// <summary>Puts the folder back where it was. Nobody may use it.</summary>
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        using var late = new CancellationTokenSource(Patience);
        await _shell.WaitForExitAsync(late.Token);
        _shell.Dispose();
    }

    private static string? Try()
    {
        using var folder = new DataFolder();
        using var shell = OutsideProgram.Start("/bin/sh", ["-c", """mount -t tmpfs tmpfs "$1" && umount "$1" """, "small-disk", folder.Path]);
        var errors = shell.StandardError.ReadToEnd();
        return shell.WaitForExit(Patience) && shell.ExitCode == 0 ? null : $"no disk can be mounted here: {errors.Trim()}";
    }
}
