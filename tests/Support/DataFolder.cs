namespace FoodDelivery.Tests.Support;

/// <summary>A temporary folder for the databases of one test, gone with it.</summary>
public sealed class DataFolder : IDisposable
{
    // As somebody may call it who does not think of programs.
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("food-delivery 데이터 방 ");

    /// <summary>Its full path.</summary>
    public string Path => _folder.FullName;

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
