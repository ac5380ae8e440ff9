using FoodDelivery.Adapters.Customers;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Storage.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Tests.Ports.OrderStatuses;

/// <summary>What is wrong with the settings is said by their names, before anything starts, and without their secrets.</summary>
public sealed class RedisSettingsTests
{
    [Theory]
    [InlineData("Redis:Configuration", "", "Redis:Configuration is missing")]
    [InlineData("Redis:Configuration", "localhost:many,password=secret", "Redis:Configuration must name its servers as HOST:PORT")]
    [InlineData("Redis:Configuration", "localhost:6379,localhost:many,password=secret", "Redis:Configuration must name its servers as HOST:PORT")]
    [InlineData("Redis:Configuration", "password=secret", "Redis:Configuration must name its servers as HOST:PORT")]
    [InlineData("Redis:Configuration", "localhost:99999,password=secret", "Redis:Configuration cannot be read")]
    [InlineData("Redis:Configuration", "localhost:6379,colour=secret", "Redis:Configuration cannot be read")]
    [InlineData("Redis:Timeout", "01:00:00", "Redis:Timeout must be between")]
    [InlineData("Redis:ConnectTimeout", "00:00:00", "Redis:ConnectTimeout must be between")]
    [InlineData("Redis:Prefix", "{curly}", "Redis:Prefix must have")]
    public void A_wrong_setting_prevents_the_start_and_is_named(string key, string value, string complaint)
    {
        using var services = Services(new() { ["Redis:Configuration"] = "localhost:6379", [key] = value }).AddRedis().BuildServiceProvider();

        var refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<RedisClient>);

        Assert.Contains(complaint, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_that_nobody_knows_prevents_the_start_and_is_named()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("View:Provider", "Memory")]).Build();

        var refused = Assert.Throws<SettingException>(() => new ServiceCollection().AddCustomers(configuration));

        Assert.Equal("The setting View:Provider is 'Memory'; it must be Database or Redis.", refused.Message);
    }

    private static IServiceCollection Services(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddLogging();
}
