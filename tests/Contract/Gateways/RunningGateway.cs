using FoodDelivery.Platform.Forwarding.Gateway;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Support;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Tests.Contract.Gateways;

/// <summary>A gateway on free ports, before replicas that a test made up.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly DataFolder _data;

    private RunningGateway(WebApplication app, DataFolder data)
    {
        (App, _data) = (app, data);
        Rest = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(20) };
        Rpc = GrpcChannel.ForAddress(app.Urls.Last());
    }

    public WebApplication App { get; }

    public HttpClient Rest { get; }

    public GrpcChannel Rpc { get; }

    public static Task<RunningGateway> To(string service, params IReadOnlyList<RunningService> replicas) => To(service, replicas, []);

    public static Task<RunningGateway> To(string service, IReadOnlyList<RunningService> replicas, params string[] settings) => With(
        [
            $"--{service}:RestAddresses={string.Join(',', replicas.Select(static replica => replica.App.Urls.First()))}",
            $"--{service}:Addresses={string.Join(',', replicas.Select(static replica => replica.App.Urls.Last()))}",
            .. settings,
        ]);

    public static async Task<RunningGateway> With(params string[] settings)
    {
        var data = new DataFolder();
        var builder = ServiceBuilder.Create(
            "Gateway", ["--environment", "Development", "--Gateway:RestPort=0", "--Gateway:GrpcPort=0", "--data", data.Path, .. settings], 8088, 9088);
        builder.AddGateway();
        var app = builder.Build();
        app.MapGateway();
        await ServiceRunner.Start(app);
        return new RunningGateway(app, data);
    }

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        Rpc.Dispose();
        await App.DisposeAsync();
        _data.Dispose();
    }
}
