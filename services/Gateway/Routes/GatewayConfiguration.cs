using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>Tells the proxy its routes and replicas, as the settings have them, and again when they change.</summary>
internal sealed partial class GatewayConfiguration : IProxyConfigProvider, IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ILogger<GatewayConfiguration> _log;
    private readonly InMemoryConfigProvider _proxy = new([], []);
    private readonly IDisposable _subscription;

    public GatewayConfiguration(IConfiguration configuration, ILogger<GatewayConfiguration> log)
    {
        (_configuration, _log) = (configuration, log);
        Read();
        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reread);
    }

    public IProxyConfig GetConfig() => _proxy.GetConfig();

    public void Dispose() => _subscription.Dispose();

    private void Read()
    {
        var routes = GatewayRoute.ReadAll(_configuration);
        var first = new FirstSegments(routes.Where(static route => !route.IsRpc).Select(static route => route.FirstSegment));
        _proxy.Update(
            [.. routes.SelectMany(route => ProxyRoutes.Of(route, first))],
            [
                .. routes.GroupBy(static route => route.Service, StringComparer.OrdinalIgnoreCase)
                    .SelectMany(service => ProxyClusters.Of(_configuration, service.Key, service.Any(static route => route.IsRpc))),
            ]);
    }

    private void Reread()
    {
        try
        {
            Read();
        }
        catch (SettingException error)
        {
            KeepOld(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Why} Routes and addresses stay as they were.")]
    private partial void KeepOld(string why);
}
