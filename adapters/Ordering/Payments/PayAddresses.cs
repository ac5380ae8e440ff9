using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>The payment service's addresses, as the settings have them now: taken in turn, one that refused a connection left out for a while.</summary>
internal sealed partial class PayAddresses : IDisposable
{
    public const string Setting = "Pay:Addresses";

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly IConfiguration _configuration;
    private readonly TimeProvider _time;
    private readonly ILogger<PayAddresses> _log;
    private readonly IDisposable _subscription;
    private volatile Address[] _addresses;
    private int _turn;

    public PayAddresses(IConfiguration configuration, TimeProvider time, ILogger<PayAddresses> log)
    {
        (_configuration, _time, _log) = (configuration, time, log);
        _addresses = Read(configuration);
        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reread);
    }

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">One of the addresses is none.</exception>
    public static Address[] Read(IConfiguration configuration) =>
        [.. ServiceAddresses.Read(configuration, Setting, otherwise: "http://localhost:9082").Select(static address => new Address(address))];

    /// <summary>Whose turn it is.</summary>
    public Address Next()
    {
        var addresses = _addresses;
        var turn = Interlocked.Increment(ref _turn);
        var now = _time.GetTimestamp();
        for (var step = 0; step < addresses.Length; step++)
        {
            var address = addresses[(int)((uint)(turn + step) % (uint)addresses.Length)];
            if (!address.Rests(now))
            {
                return address;
            }
        }

        return addresses[(int)((uint)turn % (uint)addresses.Length)];
    }

    /// <summary>The address refused a connection.</summary>
    public void LetRest(Address address) => address.RestUntil(_time.GetTimestamp() + (long)(Rest.TotalSeconds * _time.TimestampFrequency));

    public void Dispose() => _subscription.Dispose();

    private void Reread()
    {
        try
        {
            _addresses = Read(_configuration);
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
        private long _restsUntil = long.MinValue;

        public Uri Uri => uri;

        public bool Rests(long now) => Volatile.Read(ref _restsUntil) > now;

        public void RestUntil(long then) => Volatile.Write(ref _restsUntil, then);
    }
}
