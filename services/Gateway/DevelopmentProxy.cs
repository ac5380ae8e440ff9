using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Services.Gateway.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Services.Gateway;

/// <summary>One port for every route of every service, without a token: for Development alone, on the loopback address.</summary>
public static class DevelopmentProxy
{
    /// <summary>What the Gateway's command line says to be this instead.</summary>
    public const string Mode = "--Gateway:DevelopmentProxy=true";

    private const int Port = 8080;

    /// <summary>Builds the proxy; <c>Local:DoorPort</c> changes its port.</summary>
    /// <exception cref="StartException">The environment is not Development.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Local", args, new ListenedPort("Local:DoorPort", Port, HttpProtocols.Http1));
        if (!builder.Environment.IsDevelopment())
            throw new StartException("The development proxy asks nobody for a token, so that it exists in Development alone; set the environment to Development.");

        builder.WebHost.ConfigureKestrel(Listening.ConfigureWayIn);

        // A slim builder's routing knows no regular expressions.
        builder.Services.AddRouting().AddForwarding();
        var app = builder.Build();
        app.MapServiceDefaults();
        var segments = Segments(app.Configuration).ToList();
        var first = new FirstSegments(segments.Select(static path => path.Segment));
        foreach (var (service, segment) in segments)
            app.MapForwarded(service, first.Pattern(segment));

        foreach (var (service, package) in Packages(app.Configuration))
            app.MapForwardedGrpcWeb(service, package);

        return app;
    }

    /// <summary>Which service answers the paths that begin so: those of the gateway's routes, and what a service has for development alone.</summary>
    public static IEnumerable<(string Service, string Segment)> Segments(IConfiguration configuration) =>
        GatewayRoute.ReadAll(configuration).Where(static route => !route.IsRpc).Select(static route => (route.Service, route.FirstSegment))
            .Concat(configuration.GetSection("DevelopmentProxy").GetChildren()
                .SelectMany(static service => service.Value!.Split(',').Select(segment => (service.Key, segment))))
            .Distinct();

    private static IEnumerable<(string Service, string Package)> Packages(IConfiguration configuration) =>
        GatewayRoute.ReadAll(configuration).Where(static route => route.IsRpc)
            .Select(static route => (route.Service, route.Path[..route.Path.LastIndexOf('.')])).Distinct();
}
