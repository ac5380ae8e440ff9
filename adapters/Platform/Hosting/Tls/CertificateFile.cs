using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Platform.Hosting.Tls;

/// <summary>A certificate with its key, and the authorities between it and its root, as files have them: PEM, or PKCS #12 (PFX).</summary>
/// <param name="Certificate">The certificate, with its key.</param>
/// <param name="Chain">All certificates of the file.</param>
internal sealed record CertificateFile(X509Certificate2 Certificate, X509Certificate2Collection Chain)
{
    private const string PemStart = "-----BEGIN";
    private const string PathKey = "Path";
    private const string KeyPathKey = "KeyPath";
    private const string PasswordKey = "Password";

    /// <summary>Reads <c>SECTION:Path</c>, with <c>SECTION:KeyPath</c> if the key has a file of its own, and <c>SECTION:Password</c> if it is sealed; null if there is none.</summary>
    /// <exception cref="SettingException">It cannot be used; the message names the setting.</exception>
    public static CertificateFile? Read(IConfiguration configuration, string section)
    {
        var (path, key) = ($"{section}:{PathKey}", $"{section}:{KeyPathKey}");
        if (configuration[path] is not { Length: > 0 } file)
            return null;

        var text = Text(path, file);
        var read = text.StartsWith(PemStart, StringComparison.Ordinal)
            ? Pem(configuration, section, text, configuration[key] is { Length: > 0 } keyFile ? Text(key, keyFile) : text)
            : Pfx(path, file, configuration[$"{section}:{PasswordKey}"]);
        var now = TimeProvider.System.GetUtcNow();
        var (from, until) = (new DateTimeOffset(read.Certificate.NotBefore), new DateTimeOffset(read.Certificate.NotAfter));
        return from <= now && now <= until
            ? read
            : throw new SettingException($"The setting {path} is '{file}'; that certificate is valid from {from.ToUniversalTime():u} to {until.ToUniversalTime():u}, and not now.");
    }

    /// <summary>Reads the certificates of a PEM file that a setting names; null if it names none.</summary>
    /// <exception cref="SettingException">It cannot be read, or has no certificate.</exception>
    public static X509Certificate2Collection? ReadRoots(IConfiguration configuration, string key)
    {
        if (configuration[key] is not { Length: > 0 } file)
            return null;

        var roots = Certificates(key, file, Text(key, file));
        return roots.Count > 0 ? roots : throw new SettingException($"The setting {key} is '{file}'; that file has no certificate in PEM.");
    }

    private static CertificateFile Pem(IConfiguration configuration, string section, string text, string keyText)
    {
        var (path, key, password) = ($"{section}:{PathKey}", $"{section}:{KeyPathKey}", configuration[$"{section}:{PasswordKey}"]);
        var chain = Certificates(path, configuration[path]!, text);
        if (chain.Count == 0)
            throw new SettingException($"The setting {path} is '{configuration[path]}'; that file has no certificate.");

        try
        {
            var certificate = string.IsNullOrEmpty(password) ? X509Certificate2.CreateFromPem(text, keyText) : X509Certificate2.CreateFromEncryptedPem(text, keyText, password);

            // Windows takes no key for TLS that has never been in a store.
            return new CertificateFile(OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null) : certificate, chain);
        }
        catch (Exception unusable) when (unusable is CryptographicException or ArgumentException)
        {
            throw new SettingException($"The setting {key} is '{configuration[key]}'; that is no key of the certificate that {path} names: {unusable.Message}", unusable);
        }
    }

    private static CertificateFile Pfx(string path, string file, string? password)
    {
        try
        {
            var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
            return all.FirstOrDefault(static one => one.HasPrivateKey) is { } certificate
                ? new CertificateFile(certificate, all)
                : throw new SettingException($"The setting {path} is '{file}'; that file has no certificate with its key.");
        }
        catch (CryptographicException unusable)
        {
            throw new SettingException($"The setting {path} is '{file}'; that file is neither PEM nor PKCS #12 with the password of the settings: {unusable.Message}", unusable);
        }
    }

    private static X509Certificate2Collection Certificates(string key, string file, string text)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(text);
            return all;
        }
        catch (CryptographicException unusable)
        {
            throw new SettingException($"The setting {key} is '{file}'; a certificate in that file cannot be read: {unusable.Message}", unusable);
        }
    }

    private static string Text(string key, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException($"The setting {key} is '{file}'; that file cannot be read: {unusable.Message}", unusable);
        }
    }
}
