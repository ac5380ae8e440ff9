using System.Security.Cryptography;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Tls;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Health;

/// <summary>
/// The calls of a warm-up, to the service itself or to another of ours. They are refused on purpose, so that nobody counts or writes down their refusals. A stranger
/// who marks his calls likewise hides nothing: they are believed to be what they say only with this process's secret, or of a caller who is a service.
/// </summary>
public sealed class WarmUpCalls
{
    private const string Header = "x-warm-up";
    private const int SecretBytes = 16;

    private readonly string _secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(SecretBytes));
    private readonly TransportSecurity _security;

    internal WarmUpCalls(TransportSecurity security) => _security = security;

    /// <summary>What marks a gRPC call to another service.</summary>
    public Metadata Headers => new() { { Header, _secret } };

    /// <summary>For calls to the service's own ports.</summary>
    public HttpMessageHandler Handler() => new Marking(_secret, _security.ForItself(new SocketsHttpHandler { UseProxy = false }));

    /// <summary>Whether a request is part of one.</summary>
    internal static bool Has(HttpContext context) => context.Request.Headers[Header] is [{ Length: > 0 } said]
        && (context.User.IsInRole(Roles.Service) || context.User.IsInRole(Roles.Operator) || context.RequestServices.GetRequiredService<WarmUpCalls>()._secret == said);

    private sealed class Marking(string secret, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add(Header, secret);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
