using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>The payment service's addresses, as the settings have them now: taken in turn, without those that say that they are not ready, or refused a connection a moment ago.</summary>
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

    public PayAddresses(IConfiguration configuration, TimeProvider clock, ILogger<PayAddresses> log)
    {
        (_configuration, _time, _log) = (configuration, clock, log);
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
        var now = _time.GetTimestamp();
        for (var step = 0; step < addresses.Length; step++)
        {
            var address = addresses[(int)((uint)(turn + step) % (uint)addresses.Length)];
            if (address.IsReady && !address.Rests(now))
                return address;
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
        private long _restsUntil = long.MinValue;

        public Uri Uri => uri;

        /// <summary>Whether it wants calls, as far as is known.</summary>
        public bool IsReady { get; set => Volatile.Write(ref field, value); } = true;

        public bool Rests(long now) => Volatile.Read(ref _restsUntil) > now;

        public void RestUntil(long then) => Volatile.Write(ref _restsUntil, then);
    }
}
