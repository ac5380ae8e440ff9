using FoodDelivery.Platform.Hosting;
using System.Net;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>A service's replicas as the proxy takes them: once for REST and gRPC-Web, once for gRPC.</summary>
internal static class ProxyClusters
{
    private const double UsualInterval = 1;

    // A watched order may be quiet for days. Everything else has a time-out by its route, and who is gone is noticed by pings.
    private static readonly TimeSpan Quiet = Timeout.InfiniteTimeSpan;
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);

    /// <summary>How long a replica that could not be talked to is left alone.</summary>
    public static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(1);

    public static string Rest(string service) => service;

    public static string Rpc(string service) => $"{service}-rpc";

    /// <exception cref="SettingException">An address is none.</exception>
    public static IEnumerable<ClusterConfig> Of(IConfiguration configuration, string service, bool hasRpc)
    {
        var interval = Setting.Seconds(configuration, "Gateway:Health:Interval", UsualInterval);
        yield return Cluster(Rest(service), HttpVersion.Version11, ServiceAddresses.Rest(configuration, service), interval);
        if (hasRpc)
            yield return Cluster(Rpc(service), HttpVersion.Version20, ServiceAddresses.Rpc(configuration, service), interval);
    }

    private static ClusterConfig Cluster(string id, Version version, IReadOnlyList<Uri> addresses, TimeSpan interval) => new()
    {
        ClusterId = id,
        LoadBalancingPolicy = LoadBalancingPolicies.LeastRequests,
        HttpRequest = new ForwarderRequestConfig { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact, ActivityTimeout = Quiet },
        Destinations = addresses.Select(static address => address.GetLeftPart(UriPartial.Authority)).Distinct(StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static address => address, static address => new DestinationConfig { Address = address }, StringComparer.OrdinalIgnoreCase),
        HealthCheck = new HealthCheckConfig
        {
            // Where all look ill the probes know less than a try.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true, Path = "/healthz/ready", Interval = interval, Timeout = ProbeTimeout, Policy = ReadinessPolicy.PolicyName,
            },
            Passive = new PassiveHealthCheckConfig
            {
                Enabled = true, Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate, ReactivationPeriod = LeftAlone,
            },
        },
    };
}
