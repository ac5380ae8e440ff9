using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>Which log the settings choose, and what they must say of it.</summary>
[NeedsOutside(MockCluster.Library)]
public sealed class EventLogChoiceTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SuiteTheory]
    [InlineData(false, "")]
    [InlineData(false, "Embedded")]
    [InlineData(true, "kafka")]
    public void The_setting_chooses(bool kafka, string provider)
    {
        using var host = Build(("Log:Provider", provider), ("Kafka:BootstrapServers", "127.0.0.1:1"));

        Assert.Equal(kafka, host.Services.GetRequiredService<IEventLog>() is KafkaEventLog);
    }

    [SuiteFact]
    public void A_provider_that_there_is_not_is_refused() =>
        Assert.Contains("Log:Provider", Assert.Throws<SettingException>(() => Build(("Log:Provider", "Carrier pigeons"))).Message, StringComparison.Ordinal);

    [SuiteTheory]
    [InlineData("Kafka:BootstrapServers", "")]
    [InlineData("Kafka:Partitions", "0")]
    [InlineData("Kafka:Prefix", "a b")]
    [InlineData("Kafka:Client:acks", "1")]
    [InlineData("Kafka:Client:no.such.thing", "1")]
    [InlineData("Kafka:Client:session.timeout.ms", "soon")]
    public async Task A_setting_that_cannot_be_used_prevents_the_start_and_is_named(string setting, string value)
    {
        using var host = Build(("Log:Provider", "Kafka"), ("Kafka:BootstrapServers", "127.0.0.1:1"), (setting, value));

        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(setting, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [SuiteFact]
    public async Task Readiness_tells_whether_a_broker_answers()
    {
        using var cluster = new MockCluster();
        using var host = Build(("Log:Provider", "Kafka"), ("Kafka:BootstrapServers", cluster.BootstrapServers));
        var health = host.Services.GetRequiredService<HealthCheckService>();

        await Eventually.Holds(async () => Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Entries["log"].Status));
        cluster.Down();
        await Eventually.Holds(async () => Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync()).Entries["log"].Status));
    }

    private IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["Data:Directory"] = _folder.Path;
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;

        builder.Logging.ClearProviders();
        builder.Services.AddEventLog(builder.Configuration);
        return builder.Build();
    }
}
