using System.Net.Sockets;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Hosting.Tls;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>The payment service's addresses, as the settings have them now: taken in turn, without those that say that they are not ready, or refused a connection a moment ago.</summary>
internal sealed partial class PayAddresses : IDisposable
{
    public const string Setting = "Pay:Addresses";

    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(1);

    private readonly IConfiguration _configuration;
    private readonly TimeProvider _clock;
    private readonly ILogger<PayAddresses> _log;
    private readonly IDisposable _subscription;
    private volatile Address[] _addresses;
    private int _turn;

    public PayAddresses(IConfiguration configuration, TimeProvider clock, ILogger<PayAddresses> log)
    {
        (_configuration, _clock, _log) = (configuration, clock, log);
        _addresses = Read(configuration);
        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reread);
    }

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">One of the addresses is none.</exception>
    public static Address[] Read(IConfiguration configuration) =>
        [.. ServiceAddresses.Rpc(configuration, "Pay").Select(static address => new Address(address))];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Address> All => _addresses;

    /// <summary>Whose turn it is. Where none can be used, one that cannot: a try knows best.</summary>
    public Address Next()
    {
        var addresses = _addresses;
        var turn = Interlocked.Increment(ref _turn);
        var now = _clock.GetTimestamp();
        for (var step = 0; step < addresses.Length; step++)
        {
            var address = addresses[(int)((uint)(turn + step) % (uint)addresses.Length)];
            if (address.IsReady && !address.IsAvoided(now))
                return address;
        }

        return addresses[(int)((uint)turn % (uint)addresses.Length)];
    }

    /// <summary>The address refused a connection; it is avoided for a moment.</summary>
    public void BackOff(Address address) => address.AvoidUntil(_clock.GetTimestamp() + (long)(Backoff.TotalSeconds * _clock.TimestampFrequency));

    public void Dispose() => _subscription.Dispose();

    private void Reread()
    {
        try
        {
            var known = _addresses;
            _addresses = [.. Read(_configuration).Select(address => Array.Find(known, before => before.Uri == address.Uri) ?? address)];
        }
        catch (SettingException error)
        {
            KeepOld(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Why} The addresses stay as they were.")]
    private partial void KeepOld(string why);

    /// <summary>One of the addresses.</summary>
    public sealed class Address(Uri uri)
    {
        private long _avoidedUntil = long.MinValue;

        public Uri Uri => uri;

        /// <summary>Whether it wants calls, as far as is known.</summary>
        public bool IsReady { get; set => Volatile.Write(ref field, value); } = true;

        public bool IsAvoided(long now) => Volatile.Read(ref _avoidedUntil) > now;

        public void AvoidUntil(long then) => Volatile.Write(ref _avoidedUntil, then);
    }
}

/// <summary>Sends each call to the address whose turn it is; the client's own address is only a name.</summary>
internal sealed class BalancingHandler(PayAddresses addresses) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = addresses.Next();
        request.RequestUri = new Uri(address.Uri, request.RequestUri!.PathAndQuery);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Exception broken) when (broken is HttpRequestException or SocketException)
        {
            addresses.BackOff(address);
            throw;
        }
    }
}

/// <summary>
/// Asks each address, where there are several, whether it is ready: one that is on its way out, or listens but is not warm yet, is spared. One that is
/// silent stays what it was, since a busy machine makes everybody slow.
/// </summary>
internal sealed class PayHealthMonitor(PayAddresses addresses, IOptions<PaymentOptions> options, TransportSecurity security, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Uri, GrpcChannel> _channels = [];

    public override void Dispose()
    {
        foreach (var channel in _channels.Values)
            channel.Dispose();

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ReadinessSeconds), clock);
        do
        {
            var all = addresses.All;
            if (all.Count > 1)
                await Task.WhenAll(all.Select(address => Ask(address, stoppingToken)));
        }
        while (await ticks.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Ask(PayAddresses.Address address, CancellationToken cancellation)
    {
        try
        {
            var health = new Health.HealthClient(Channel(address.Uri));
            var deadline = (clock.GetUtcNow() + Timeout).UtcDateTime;
            var answer = await health.CheckAsync(new HealthCheckRequest(), deadline: deadline, cancellationToken: cancellation);
            address.IsReady = answer.Status is not ServingStatus.NotServing;
        }
        catch (RpcException failure)
        {
            address.IsReady = failure.StatusCode switch
            {
                StatusCode.Unavailable => false,
                StatusCode.DeadlineExceeded or StatusCode.Cancelled => address.IsReady,

                // It answers, but not to this question.
                _ => true,
            };
        }
    }

    private GrpcChannel Channel(Uri address)
    {
        lock (_channels)
        {
            return _channels.TryGetValue(address, out var known) ? known : _channels[address] = GrpcChannel.ForAddress(address, new GrpcChannelOptions
            {
                HttpHandler = security.ForServices(new SocketsHttpHandler { UseProxy = false }), DisposeHttpClient = true,
            });
        }
    }
}
