using System.Collections.Concurrent;
using FoodDelivery.Platform.GrpcRuntime.Client;
using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grpc.Net.Client;

/// <summary>The way to one server over HTTP/2; made once, used by all calls, and safe for many threads.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    readonly Uri _address;
    readonly bool _ownsHttp;
    readonly ConcurrentDictionary<IMethod, Uri> _addresses = [];
    readonly CancellationTokenSource _closing = new();
    bool _disposed;

    GrpcChannel(Uri address, GrpcChannelOptions options) : base(address.Authority)
    {
        if (options.HttpClient is not null && options.HttpHandler is not null)
        {
            throw new ArgumentException("A channel has either an HttpClient or an HttpHandler, not both.", nameof(options));
        }

        _address = address;
        _ownsHttp = options.DisposeHttpClient || options is { HttpClient: null, HttpHandler: null };
        Options = options;
        Http = (HttpMessageInvoker?)options.HttpClient ?? new HttpMessageInvoker(options.HttpHandler ?? DefaultHandler(), _ownsHttp);
        Encodings = new Encodings(options.CompressionProviders ?? Encodings.Defaults());
        Security = ChannelSecurity.Of(address, options);
        var logging = options.LoggerFactory ?? (ILoggerFactory?)options.ServiceProvider?.GetService(typeof(ILoggerFactory)) ?? NullLoggerFactory.Instance;
        Logger = logging.CreateLogger<GrpcChannel>();
        Closing = _closing.Token;
    }

    internal GrpcChannelOptions Options { get; }

    internal HttpMessageInvoker Http { get; }

    internal Encodings Encodings { get; }

    internal ChannelSecurity Security { get; }

    internal ILogger Logger { get; }

    internal CancellationToken Closing { get; }

    /// <summary>A channel to an address such as <c>http://localhost:9081</c>; <c>http</c> is HTTP/2 with prior knowledge.</summary>
    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel to an address, with settings.</summary>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) => ForAddress(new Uri(address), channelOptions);

    /// <summary>A channel to an address such as <c>http://localhost:9081</c>; <c>http</c> is HTTP/2 with prior knowledge.</summary>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel to an address, with settings.</summary>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        return new GrpcChannel(address, channelOptions);
    }

    /// <inheritdoc />
    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new ChannelCallInvoker(this);
    }

    /// <summary>Closes the channel; calls that run are given up.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _closing.Cancel();
        _closing.Dispose();
        if (_ownsHttp || Options.HttpClient is null)
        {
            Http.Dispose();
        }
    }

    internal Uri AddressOf(IMethod method) =>
        _addresses.GetOrAdd(method, static (called, address) => new Uri(address, called.FullName), _address);

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    static SocketsHttpHandler DefaultHandler() => new() { EnableMultipleHttp2Connections = true };
}
