using FoodDelivery.Platform.Messaging.Operations;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Tests.Contract.Hosting;

/// <summary>A service with the house's defaults and a test's own routes, on free ports.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly DataFolder _data;

    private RunningService(WebApplication app, DataFolder data)
    {
        (App, _data) = (app, data);
        Rest = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(20) };
    }

    public WebApplication App { get; }

    public HttpClient Rest { get; }

    public static Task<RunningService> With(Action<WebApplication> routes, params string[] settings) => With(static _ => { }, routes, settings);

    public static async Task<RunningService> With(Action<WebApplicationBuilder> services, Action<WebApplication> routes, params string[] settings)
    {
        var data = new DataFolder();
        var builder = ServiceBuilder.Create(
            "Order",
            ["--environment", "Development", "--Order:RestPort=0", "--Order:GrpcPort=0", "--data", data.Path, .. settings],
            8081,
            9081);
        services(builder);
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapOperations();
        routes(app);
        await ServiceRunner.Start(app);
        return new RunningService(app, data);
    }

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        await App.DisposeAsync();
        _data.Dispose();
    }
}
