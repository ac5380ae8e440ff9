using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Postgres;

/// <summary>The choice of a database by settings; what is wrong with them is said by their names.</summary>
[Collection(nameof(PostgresRoles))]
public sealed class ChoosingTests
{
    [Theory]
    [InlineData("Oracle", "", "Storage:Provider is 'Oracle'; it must be Sqlite or Postgres")]
    [InlineData("Postgres", "", "Storage:ConnectionString is needed")]
    [InlineData("Postgres", "Database={name}", "Storage:ConnectionString names no Host")]
    [InlineData("Postgres", "Host=localhost;Database=all", "Storage:ConnectionString must have {name}")]
    [InlineData("Postgres", "Host=localhost;Database={name};Colour=red", "Storage:ConnectionString cannot be read")]
    [InlineData("Postgres", "Host=localhost;Port=many;Database={name}", "Storage:ConnectionString cannot be read")]
    public async Task A_wrong_setting_prevents_the_start_and_is_named(string provider, string connectionString, string complaint)
    {
        await using var services = Services(provider, connectionString);

        var refused = Assert.Throws<UnusableStorageException>(services.GetRequiredService<IOpenedDatabase>);

        Assert.Contains(complaint, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_prevents_the_start_within_bounds()
    {
        await using var services = Services("postgres", "Host=127.0.0.1;Port=1;Username=u;Password=secret;Database={name}");

        var refused = await Assert.ThrowsAsync<UnusableStorageException>(() => services.GetRequiredService<IOpenedDatabase>().Opened);

        Assert.Contains("Storage:ConnectionString", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_user_who_may_not_make_the_missing_database_is_told_so()
    {
        await using var place = await PostgresPlace.Make();
        await place.Ask<string>("drop role if exists visitor");
        await place.Ask<string>("create role visitor login password 'visitor'");
        await using var services = Services("Postgres", $"Host=127.0.0.1;Port={place.Port};Username=visitor;Password=visitor;Database=missing_{{name}}");

        var refused = await Assert.ThrowsAsync<UnusableStorageException>(() => services.GetRequiredService<IOpenedDatabase>().Opened);

        Assert.Contains("missing_ports", refused.Message, StringComparison.Ordinal);
        Assert.Contains("permission denied to create database", refused.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(string provider, string connectionString) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new("Storage:Provider", provider), new("Storage:ConnectionString", connectionString)]).Build())
        .AddLogging()
        .AddSqlite()
        .AddPostgres()
        .AddDatabase("ports", typeof(FoodDelivery.Platform.Messaging.Outbox))
        .BuildServiceProvider();
}
