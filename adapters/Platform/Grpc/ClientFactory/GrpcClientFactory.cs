namespace Grpc.Net.ClientFactory;

/// <summary>Makes the clients that <c>AddGrpcClient</c> registered.</summary>
public abstract class GrpcClientFactory
{
    /// <summary>A new client over the channel of this name.</summary>
    /// <exception cref="InvalidOperationException">No such client is registered.</exception>
    public abstract TClient CreateClient<TClient>(string name)
        where TClient : class;
}
