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
    private readonly IDisposable _subscription;
    private Snapshot _current;

    public GatewayConfiguration(IConfiguration configuration, ILogger<GatewayConfiguration> log)
    {
        (_configuration, _log) = (configuration, log);
        _current = Read();
        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reread);
    }

    public IProxyConfig GetConfig() => Volatile.Read(ref _current);

    public void Dispose()
    {
        _subscription.Dispose();
        _current.Dispose();
    }

    private Snapshot Read()
    {
        var routes = GatewayRoutes.Read(_configuration);
        return new Snapshot(
            [.. routes.SelectMany(ProxyRoutes.Of)],
            [
                .. routes.GroupBy(static route => route.Service, StringComparer.OrdinalIgnoreCase)
                    .SelectMany(service => ProxyClusters.Of(_configuration, service.Key, service.Any(static route => route.IsRpc))),
            ]);
    }

    private void Reread()
    {
        try
        {
            var next = Read();
            using var before = Interlocked.Exchange(ref _current, next);
            before.HasChanged();
        }
        catch (SettingException error)
        {
            KeepOld(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Why} Routes and addresses stay as they were.")]
    private partial void KeepOld(string why);

    private sealed class Snapshot : IProxyConfig, IDisposable
    {
        private readonly CancellationTokenSource _change = new();

        public Snapshot(IReadOnlyList<RouteConfig> routes, IReadOnlyList<ClusterConfig> clusters)
        {
            (Routes, Clusters) = (routes, clusters);
            ChangeToken = new CancellationChangeToken(_change.Token);
        }

        public IReadOnlyList<RouteConfig> Routes { get; }

        public IReadOnlyList<ClusterConfig> Clusters { get; }

        public IChangeToken ChangeToken { get; }

        public void HasChanged() => _change.Cancel();

        public void Dispose() => _change.Dispose();
    }
}
