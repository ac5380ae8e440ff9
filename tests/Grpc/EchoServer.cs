using FoodDelivery.Tests.Grpc.Echo;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Grpc;

/// <summary>The echo service on Kestrel: one port for HTTP/2, one for HTTP/1.1.</summary>
sealed class EchoServer : IAsyncDisposable
{
    readonly WebApplication _application;

    EchoServer(WebApplication application, Observed observed)
    {
        _application = application;
        Observed = observed;
        var addresses = application.Urls.Select(url => new Uri(url)).ToList();
        (Http2, Http1) = (addresses[0], addresses[1]);
        Channel = GrpcChannel.ForAddress(Http2);
        Client = new EchoService.EchoServiceClient(Channel);
    }

    public Observed Observed { get; }

    public Uri Http2 { get; }

    public Uri Http1 { get; }

    public GrpcChannel Channel { get; }

    public EchoService.EchoServiceClient Client { get; }

    public IServiceProvider Services => _application.Services;

    public static async Task<EchoServer> StartAsync(
        Action<GrpcServiceOptions>? options = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? pipeline = null,
        Action<WebApplication>? routes = null)
    {
        var observed = new Observed();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton(observed);
        builder.Services.AddGrpc(options ?? (_ => { }));
        services?.Invoke(builder.Services);
        var application = builder.Build();
        pipeline?.Invoke(application);
        application.MapGrpcService<EchoHandler>();
        routes?.Invoke(application);
        await application.StartAsync();
        return new EchoServer(application, observed);
    }

    public EchoService.EchoServiceClient ClientWith(Action<GrpcChannelOptions> configure)
    {
        var options = new GrpcChannelOptions();
        configure(options);
        return new EchoService.EchoServiceClient(GrpcChannel.ForAddress(Http2, options));
    }

    public async ValueTask DisposeAsync()
    {
        Observed.Release();
        Channel.Dispose();
        await _application.DisposeAsync();
    }
}
