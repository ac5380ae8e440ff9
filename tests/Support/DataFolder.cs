using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.Support;

/// <summary>A temporary folder for the databases of one test, gone with it.</summary>
public sealed class DataFolder : IDisposable
{
    // As somebody may call it who does not think of programs.
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("food-delivery 데이터 방 ");

    /// <summary>Its full path.</summary>
    public string Path => _folder.FullName;

    /// <summary>Its files, of whatever kind, in which this text is.</summary>
    public Task<IReadOnlyList<string>> FilesWith(string text) => FilesWith(text, Path);

    /// <summary>A folder's files in which this text is. Another process looks: a process that closes a database's file gives up its locks on it.</summary>
    public static async Task<IReadOnlyList<string>> FilesWith(string text, string folder)
    {
        var found = await OutsideProgram.RunAsync("grep", ["-r", "-l", "-a", "-F", "-e", text, "."], folder);
        return found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A dying process may still hold a file; the system empties its temporary folder.
        }
    }
}
