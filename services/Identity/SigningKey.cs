using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Startup;

namespace FoodDelivery.Services.Identity;

/// <summary>A key pair on P-256, for ES256.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ECDsa _pair;

    private SigningKey(ECDsa pair, DateTimeOffset from)
    {
        _pair = pair;
        From = from;
        var point = pair.ExportParameters(includePrivateParameters: false).Q;
        (X, Y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));
    }

    /// <summary>When it begins to sign.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Its name: its thumbprint (RFC 7638).</summary>
    public string Id { get; }

    public string X { get; }

    public string Y { get; }

    public static SigningKey New(DateTimeOffset from) => new(ECDsa.Create(ECCurve.NamedCurves.nistP256), from);

    /// <exception cref="CryptographicException">The bytes are no such key.</exception>
    public static SigningKey Import(byte[] pkcs8, DateTimeOffset from)
    {
        var pair = ECDsa.Create();
        try
        {
            pair.ImportPkcs8PrivateKey(pkcs8, out _);
            return new SigningKey(pair, from);
        }
        catch
        {
            pair.Dispose();
            throw;
        }
    }

    public byte[] Export() => _pair.ExportPkcs8PrivateKey();

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        // An instance is not made for several threads.
        lock (_gate)
        {
            return _pair.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    public void Dispose() => _pair.Dispose();
}

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
