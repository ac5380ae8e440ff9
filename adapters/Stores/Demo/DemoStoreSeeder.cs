using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Stores.Demo;

/// <summary>
/// Opens the demo stores when a development system starts for the first time, or another one whose setting <c>Store:DemoStores</c> says so. A store that is
/// there is left alone, its menu too.
/// </summary>
internal sealed partial class DemoStoreSeeder(
    OpenStoreHandler handler, IConfiguration configuration, IHostEnvironment environment, ILogger<DemoStoreSeeder> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!Setting.Flag(configuration, "Store:DemoStores", otherwise: environment.IsDevelopment()))
            return;

        foreach (var demo in DemoStore.All)
        {
            var outcome = await handler.Handle(new OpenStore(demo.Store, demo.Profile, demo.Dishes), MessageContext.Command("demo-stores"), cancellationToken);
            if (outcome.IsError(out var rejection))
                Refused(demo.Store, rejection.Message, rejection.Field);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Error, "Demo store {Store} has no menu: {Message} ({Field})")]
    private partial void Refused(StoreId store, string message, string? field);
}
