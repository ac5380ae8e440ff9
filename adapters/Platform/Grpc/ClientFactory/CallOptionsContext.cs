using Grpc.Core;

namespace Grpc.Net.ClientFactory;

/// <summary>A call's options on their way out.</summary>
public sealed class CallOptionsContext
{
    internal CallOptionsContext(CallOptions callOptions, IServiceProvider serviceProvider)
    {
        CallOptions = callOptions;
        ServiceProvider = serviceProvider;
    }

    /// <summary>The options, to be replaced.</summary>
    public CallOptions CallOptions { get; set; }

    /// <summary>The services the client was made with.</summary>
    public IServiceProvider ServiceProvider { get; }
}
