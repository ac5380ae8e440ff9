using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FoodDelivery.Tests.Contract.Security.Tls;

/// <summary>A certificate authority of the test's; what it issues lies as PEM in a folder.</summary>
internal sealed class TestRoot : IDisposable
{
    private static readonly Oid[] Purposes = [new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")];
    private readonly string _folder;
    private readonly X509Certificate2 _root;

    public TestRoot(string folder, string name)
    {
        _folder = folder;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _root = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
        Path = System.IO.Path.Combine(folder, $"{name}.pem");
        System.IO.File.WriteAllText(Path, _root.ExportCertificatePem());
    }

    /// <summary>Where its certificate lies.</summary>
    public string Path { get; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A certificate for this machine, for both ends of a connection.</summary>
    public Issued Issue(string name, int validDays = 10)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. Purposes], critical: false));
        using var issued = request.Create(_root, Now.AddDays(-20), Now.AddDays(validDays), RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
        var (path, keyPath, pfx) = (File(name, "pem"), File(name, "key"), File(name, "pfx"));
        System.IO.File.WriteAllText(path, issued.ExportCertificatePem());
        System.IO.File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        System.IO.File.WriteAllBytes(pfx, issued.Export(X509ContentType.Pfx, "sealed"));
        return new Issued(path, keyPath, pfx);
    }

    /// <summary>A client that believes this authority alone, and shows a certificate if it has one.</summary>
    public HttpClient Client(string address, Issued? shown = null)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(_root.ExportCertificatePem()));
        return new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = policy,
                ClientCertificateContext = shown is null ? null : SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(shown.Path, shown.Key), additionalCertificates: null, offline: true),
            },
        })
        {
            BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(20),
        };
    }

    public void Dispose() => _root.Dispose();

    private string File(string name, string kind) => System.IO.Path.Combine(_folder, $"{name}.{kind}");
}

/// <summary>Where a certificate and its key lie.</summary>
internal sealed record Issued(string Path, string Key, string Pfx)
{
    /// <summary>The settings of a service whose ports have it.</summary>
    public string[] Own => [$"--Kestrel:Certificates:Default:Path={Path}", $"--Kestrel:Certificates:Default:KeyPath={Key}"];

    /// <summary>The settings of a service that shows it to those whom it calls.</summary>
    public string[] Outbound => [$"--Outbound:Certificate:Path={Path}", $"--Outbound:Certificate:KeyPath={Key}"];
}
