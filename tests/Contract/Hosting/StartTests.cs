using System.Net;
using System.Net.Sockets;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Storage.Redis;
using FoodDelivery.Tests.Support;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Tests.Contract.Hosting;

public sealed class StartTests
{
    [Theory]
    [InlineData("Order:RestPort", "--Order:RestPort=http")]
    [InlineData("Order:RestPort", "--Order:RestPort=70000")]
    [InlineData("Order:GrpcPort", "--Order:GrpcPort=-1")]
    [InlineData("Order:GrpcPort", "--Order:GrpcPort=8081")]
    [InlineData("Bind", "--Bind=nowhere")]
    [InlineData("Bind", "--Bind=0.0.0.0")]
    [InlineData("Shutdown:Timeout", "--Shutdown:Timeout=soon")]
    [InlineData("--data", "--data=/dev/null/x")]
    [InlineData("--data", "--data")]
    [InlineData("--dat", "--dat=x")]
    [InlineData("help", "--help")]
    [InlineData("stray", "stray")]
    public void A_setting_that_cannot_be_used_is_named(string setting, string argument)
    {
        var wrong = Assert.Throws<SettingException>(() => ServiceBuilder.Create("Order", ["--environment=Development", argument], 8081, 9081));

        Assert.Contains(setting, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Fact]
    public void The_folder_that_it_makes_for_its_data_is_its_users_alone()
    {
        if (OperatingSystem.IsWindows())
            return;

        using var folder = new DataFolder();
        var data = Path.Combine(folder.Path, "new");
        ServiceBuilder.Create("Order", ["--environment=Development", "--data", data], 8081, 9081);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(data));
    }

    [Theory]
    [InlineData("RestPort")]
    [InlineData("GrpcPort")]
    public async Task A_taken_port_is_named_with_the_setting_that_changes_it(string setting)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var impossible = await Assert.ThrowsAsync<StartException>(() => RunningService.With(static _ => { }, $"--Order:{setting}={port}"));

        Assert.Equal($"Order cannot start: port {port} is taken by another program; free it, or choose another with --Order:{setting}=PORT.", impossible.Message);
    }

    [Theory]
    [InlineData("--Redis:Configuration=", "Order cannot start: The setting Redis:Configuration is missing; it must name a server, as HOST:PORT.")]
    [InlineData("--Redis:Timeout=soon", "Order cannot start: the setting Redis:Timeout cannot be read: ")]
    public async Task An_option_that_cannot_be_used_is_named_in_one_sentence(string argument, string sentence)
    {
        var impossible = await Assert.ThrowsAsync<StartException>(() => RunningService.With(
            static builder => builder.Services.AddRedis(), static _ => { }, argument));

        Assert.StartsWith(sentence, impossible.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_IPv6_all_addresses_are_those_of_IPv4()
    {
        await using var service = await RunningService.With(
            static builder => builder.Services.AddSingleton<IConnectionListenerFactory, WithoutIPv6>(),
            static _ => { },
            "--environment=Production",
            "--Auth:Authority=https://login.example.com",
            "--Bind=*");

        Assert.StartsWith("http://0.0.0.0:", service.App.Urls.First(), StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = new Uri(service.App.Urls.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz/live")).StatusCode);
    }

    [Fact]
    public async Task A_settings_file_is_read_again_when_it_changes_and_a_broken_one_changes_nothing()
    {
        using var data = new DataFolder();
        var path = Path.Combine(data.Path, "settings.json");
        await File.WriteAllTextAsync(path, """{"Pay": {"Addresses": "http://a:1"}}""");
        await using var service = await RunningService.With(static _ => { }, $"--settings={path}");
        Assert.Equal("http://a:1", service.App.Configuration["Pay:Addresses"]);

        await File.WriteAllTextAsync(path, """{"Pay": {"Addresses": "http://a:1,http://b:2"}}""");
        await Eventually.Holds(() =>
        {
            Assert.Equal("http://a:1,http://b:2", service.App.Configuration["Pay:Addresses"]);
            return Task.CompletedTask;
        });

        await File.WriteAllTextAsync(path, "{");
        await Task.Delay(TimeSpan.FromSeconds(0.6));
        Assert.Equal("http://a:1,http://b:2", service.App.Configuration["Pay:Addresses"]);
    }

    [Fact]
    public void Addresses_of_others_come_one_by_one_with_commas_or_as_a_list()
    {
        Assert.Equal(["http://localhost:9082/"], Addresses());
        Assert.Equal(["http://a:1/", "http://b:2/"], Addresses(("Pay:Addresses", "http://a:1, http://b:2")));
        Assert.Equal(["http://a:1/", "http://b:2/"], Addresses(("Pay:Addresses:0", "http://a:1"), ("Pay:Addresses:1", "http://b:2")));
        Assert.Contains("Pay:Addresses", Assert.Throws<SettingException>(() => Addresses(("Pay:Addresses", "localhost:9082"))).Message, StringComparison.Ordinal);
    }

    private static string[] Addresses(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(ServiceCatalog.Settings)
            .AddInMemoryCollection(settings.Select(static setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)))
            .Build();
        return [.. ServiceAddresses.Rpc(configuration, "Pay").Select(static address => address.ToString())];
    }

    private sealed class WithoutIPv6(IOptions<SocketTransportOptions> options, ILoggerFactory logs) : IConnectionListenerFactory
    {
        private readonly SocketTransportFactory _sockets = new(options, logs);

        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
            endpoint.AddressFamily is AddressFamily.InterNetworkV6
                ? throw new SocketException((int)SocketError.AddressFamilyNotSupported)
                : _sockets.BindAsync(endpoint, cancellationToken);
    }
}
