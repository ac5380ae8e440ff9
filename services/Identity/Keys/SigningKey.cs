using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FoodDelivery.Services.Identity.Keys;

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
