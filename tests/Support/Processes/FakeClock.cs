namespace FoodDelivery.Tests.Support.Processes;

/// <summary>The wall clock of a process that can be set while it runs, by way of libfaketime. What measures durations goes on as usual.</summary>
public sealed class FakeClock : IDisposable
{
    /// <summary>Its program, whose package has the library.</summary>
    public const string Program = "faketime";

    /// <summary>How long until a process has noticed that its clock was set, at the latest.</summary>
    public static readonly TimeSpan Noticed = TimeSpan.FromSeconds(1.5);

    private readonly DataFolder _folder = new();

    /// <summary>A clock that is right.</summary>
    public FakeClock() => Jump(TimeSpan.Zero);

    /// <summary>What the process's environment must say.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LD_PRELOAD"] = Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", SearchOption.AllDirectories).First(),
        ["FAKETIME_TIMESTAMP_FILE"] = File,
        ["FAKETIME_CACHE_DURATION"] = "1",
        ["DONT_FAKE_MONOTONIC"] = "1",
    };

    private string File => Path.Combine(_folder.Path, "offset");

    /// <summary>Sets it so much ahead of the machine's, or behind if negative.</summary>
    public void Jump(TimeSpan offset)
    {
        var next = File + ".new";
        System.IO.File.WriteAllText(next, $"{offset.TotalSeconds:+0;-0;+0}\n");
        System.IO.File.Move(next, File, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
