using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>Several services in one process, each with its own registrations, on one log.</summary>
public sealed class SharedLogTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Services_of_one_process_read_each_other_and_outlive_each_other()
    {
        var first = await Service();
        var second = await Service();
        var log = second.Services.GetRequiredService<IEventLog>();
        await using var reading = new Reading(log, "topic", "group");

        await first.Services.GetRequiredService<IEventLog>().Append("topic", [new LogRecord("a", "1"u8.ToArray())], default);
        await reading.HasSeen("a:1");
        await Ended(first);
        await log.Append("topic", [new LogRecord("a", "2"u8.ToArray())], default);

        await reading.HasSeen("a:1", "a:2");
        await Eventually.Holds(async () => Assert.Equal(0, await log.Lag("topic", "group", default)));
        await reading.DisposeAsync();
        await Ended(second);
    }

    [Fact]
    public async Task The_log_is_closed_with_its_last_service_and_opens_again()
    {
        for (var round = 1; round <= 2; round++)
        {
            var service = await Service();
            var log = service.Services.GetRequiredService<IEventLog>();
            await log.Append("topic", [new LogRecord("a", new byte[] { 1 })], default);
            Assert.Equal(round, await log.Lag("topic", "group", default));
            await Ended(service);
            await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => log.Append("topic", [new LogRecord("a", new byte[] { 1 })], default));
        }
    }

    private async Task<IHost> Service()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:Directory"] = _folder.Path });
        builder.Services.AddEmbeddedLog();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task Ended(IHost service)
    {
        await service.StopAsync();
        await ((IAsyncDisposable)service).DisposeAsync();
    }
}
