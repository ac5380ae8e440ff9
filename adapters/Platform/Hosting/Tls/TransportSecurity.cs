using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Platform.Hosting.Tls;

/// <summary>
/// Who this service is where connections are encrypted, and whom it believes: its ports have the certificate of <c>Kestrel:Certificates:Default</c>, what it calls is
/// shown that of <c>Outbound:Certificate</c>, and both sides may be held to a root of our own, <c>Trust:CertificateAuthority</c>. Without settings nothing is encrypted.
/// </summary>
public sealed class TransportSecurity
{
    private const string OwnCertificate = "Kestrel:Certificates:Default";
    private const string ClientMode = "Kestrel:EndpointDefaults:ClientCertificateMode";
    private const string OutboundCertificate = "Outbound:Certificate";
    private const string Authority = "Trust:CertificateAuthority";

    // The purpose that a server's certificate has (RFC 5280, 4.2.1.12).
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly CertificateFile? _own;
    private readonly SslStreamCertificateContext? _shown;
    private readonly X509Certificate2Collection? _roots;
    private readonly ClientCertificateMode _clients;

    /// <exception cref="SettingException">A setting cannot be used; the message names it.</exception>
    internal TransportSecurity(IConfiguration configuration)
    {
        _own = CertificateFile.Read(configuration, OwnCertificate);
        _roots = CertificateFile.ReadRoots(configuration, Authority);
        _shown = (CertificateFile.Read(configuration, OutboundCertificate) ?? _own) is { } shown
            ? SslStreamCertificateContext.Create(shown.Certificate, shown.Chain, offline: true)
            : null;
        _clients = Mode(configuration[ClientMode]);
    }

    /// <summary>Whether this service's ports are encrypted.</summary>
    internal bool IsOn => _own is not null;

    /// <summary>For calls to services of ours: they must be known to the root of the settings, or, where there is none, to the machine.</summary>
    public SocketsHttpHandler ForServices(SocketsHttpHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        handler.SslOptions = new SslClientAuthenticationOptions { ClientCertificateContext = _shown, CertificateChainPolicy = _roots is null ? null : Policy(_roots) };
        return handler;
    }

    /// <summary>For calls to what may be ours or somebody else's, such as a provider of tokens: who is known to the machine is believed as well.</summary>
    public SocketsHttpHandler ForOthers(SocketsHttpHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificateContext = _shown,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => errors is SslPolicyErrors.None
                || (errors is SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 other && IsOfOurRoot(other, chain!)),
        };
        return handler;
    }

    /// <summary>For calls of a service to itself, at whatever address that its certificate may not name: who has that certificate's key is this service.</summary>
    internal SocketsHttpHandler ForItself(SocketsHttpHandler handler)
    {
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificateContext = _shown,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null && certificate.GetRawCertData().AsSpan().SequenceEqual(_own!.Certificate.RawDataMemory.Span),
        };
        return handler;
    }

    /// <summary>Encrypts a port.</summary>
    internal void Encrypt(ListenOptions port) => port.UseHttps(new HttpsConnectionAdapterOptions
    {
        ServerCertificate = _own!.Certificate,
        ServerCertificateChain = _own.Chain,
        ClientCertificateMode = _clients,
        OnAuthenticate = (_, server) => server.CertificateChainPolicy = _roots is null ? null : Policy(_roots),
    });

    // Our own authorities publish no lists of what they have taken back; their certificates are short-lived.
    private static X509ChainPolicy Policy(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    private bool IsOfOurRoot(X509Certificate2 certificate, X509Chain presented)
    {
        if (_roots is null)
            return false;

        using var chain = new X509Chain { ChainPolicy = Policy(_roots) };
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }

    private ClientCertificateMode Mode(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return ClientCertificateMode.NoCertificate;

        if (!Enum.TryParse<ClientCertificateMode>(text, ignoreCase: true, out var mode) || mode is not (ClientCertificateMode.NoCertificate or ClientCertificateMode.RequireCertificate))
            throw new SettingException($"The setting {ClientMode} is '{text}'; it must be NoCertificate or RequireCertificate.");

        return mode is ClientCertificateMode.NoCertificate || (_own is not null && _roots is not null)
            ? mode
            : throw new SettingException($"The setting {ClientMode} is {mode}; that needs {OwnCertificate}:Path, and {Authority}, whose certificates callers must show.");
    }
}
