using Dapper;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Services.Local;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Postgres;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;
using FoodDelivery.Tests.Support.Real;
using Npgsql;

namespace FoodDelivery.Tests.EndToEnd.Starting;

/// <summary>What cannot start says why in one sentence and ends with 1, whichever it is and whenever it turns out.</summary>
public sealed class StartFailureTests
{
    // Nobody can make a file there, root included, as on a disk that is full or read-only.
    private const string NoFiles = "--data=/proc";

    [Theory]
    [InlineData("--Log:Provider=Kafka", "Kafka:BootstrapServers", "Gateway", "Identity")]
    [InlineData("--Messaging:MaxAttempts=0", "Messaging:MaxAttempts", "Gateway", "Identity")]
    [InlineData("--Limits:Concurrency=many", "Limits:Concurrency")]
    [InlineData(NoFiles, "Data:Directory", "Gateway")]
    public async Task Every_service_names_what_keeps_it_from_starting(string argument, string named, params string[] without)
    {
        using var data = new DataFolder();
        foreach (var service in ServiceCatalog.Services.Where(service => !without.Contains(service.Name)))
        {
            var impossible = await Assert.ThrowsAnyAsync<StartException>(async () =>
            {
                await using var app = ServiceRunner.Try(service.Name, () => service.Build(Arguments(data, argument)));
                await ServiceRunner.Start(app);
            });
            Assert.Contains(named, impossible.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', impossible.Message);
        }
    }

    [Theory]
    [InlineData("Local", "--Log:Provider=Kafka", "Kafka:BootstrapServers")]
    [InlineData("Local", NoFiles, "Data:Directory")]
    [InlineData("Order", "--Messaging:MaxAttempts=0", "Messaging:MaxAttempts")]
    [InlineData("Pay", "--Kestrel:Certificates:Default:Path=/nowhere.pem", "Kestrel:Certificates:Default:Path")]
    public async Task A_program_says_so_and_ends_with_1(string program, string argument, string named)
    {
        using var data = new DataFolder();
        await EndsWith1(program, Arguments(data, argument), named);
    }

    [DiskFact]
    public async Task On_a_full_disk_a_program_names_the_setting_that_says_where_its_files_are()
    {
        using var data = new DataFolder();
        await using var disk = await SmallDisk.Over(data.Path);
        disk.Fill();
        foreach (var program in new[] { "Order", "Pay", "Local" })
            await EndsWith1(program, Arguments(data, "--Shutdown:DrainDelay=0"), "Data:Directory");
    }

    [NeedsPrograms(PgBouncer.Program)]
    public async Task Behind_a_pooler_by_transaction_a_program_says_what_its_connection_string_lacks()
    {
        var cluster = await PostgresCluster.Running();
        await using var directly = new NpgsqlConnection(cluster.ConnectionString("postgres"));
        await directly.ExecuteAsync("drop database if exists pooled_ordering with (force)");
        await directly.ExecuteAsync("create database pooled_ordering");
        await using var pooler = await PgBouncer.Start(cluster.ConnectionString("postgres"));
        using var data = new DataFolder();

        await EndsWith1(
            "Order",
            [.. Arguments(data, "--Storage:Provider=Postgres"), $"--Storage:ConnectionString={cluster.ConnectionString("pooled_{name}", pooler.Port)}"],
            "add 'Max Auto Prepare=0' to Storage:ConnectionString");
    }

    [Fact]
    public void No_two_services_of_a_process_are_given_the_same_free_port()
    {
        using var data = new DataFolder();
        var arguments = Arguments(data, "--Shutdown:DrainDelay=0");
        for (var time = 0; time < 1000; time++)
        {
            var settings = LocalSettings.Read(arguments);
            var ports = settings.Services.SelectMany(static service => new[] { service.RestPort, service.GrpcPort }).OfType<int>().Append(settings.ProxyPort).ToList();
            Assert.Equal(ports.Count, ports.Distinct().Count());
        }
    }

    private static async Task EndsWith1(string program, IReadOnlyList<string> arguments, string named)
    {
        var run = await OutsideProgram.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, $"FoodDelivery.Services.{program}.dll"), .. arguments]);

        Assert.True(run.ExitCode == 1, $"{program} ended with {run.ExitCode}: {run.Errors}");
        Assert.Contains(named, Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static string[] Arguments(DataFolder data, string argument) =>
    [
        "--environment=Development",
        "--Shutdown:OnSignal=false",
        "--Local:DoorPort=0",
        .. ServiceCatalog.Services.SelectMany(static service => new[] { $"--{service.Name}:RestPort=0", $"--{service.Name}:GrpcPort=0" }),
        $"--Identity:RestPort={FreePort.Next()}",
        .. argument == NoFiles ? [] : new[] { $"--data={data.Path}" },
        argument,
    ];
}
