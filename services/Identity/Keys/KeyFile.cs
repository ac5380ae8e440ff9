using System.Security.Cryptography;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Startup;

namespace FoodDelivery.Services.Identity.Keys;

/// <summary>The keys on disk, readable by their owner alone; replaced as a whole, so that it is never half written.</summary>
internal sealed class KeyFile(string path)
{
    /// <exception cref="StartException">It is there and cannot be read.</exception>
    public List<SigningKey> Read()
    {
        try
        {
            return File.Exists(path)
                ? [.. JsonSerializer.Deserialize<List<Row>>(File.ReadAllBytes(path))!.Select(static row => SigningKey.Import(row.Pkcs8, row.From)).OrderBy(static key => key.From)]
                : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or CryptographicException or NullReferenceException)
        {
            throw new StartException($"Identity cannot start: the keys in {path} cannot be read ({unreadable.Message}); remove the file, and new ones are made.", unreadable);
        }
    }

    public void Write(IEnumerable<SigningKey> keys)
    {
        var next = path + ".next";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var stream = new FileStream(next, options))
        {
            JsonSerializer.Serialize(stream, keys.Select(static key => new Row(key.From, key.Export())));
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private sealed record Row(DateTimeOffset From, byte[] Pkcs8);
}
