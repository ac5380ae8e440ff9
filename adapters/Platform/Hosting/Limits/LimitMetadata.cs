using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>What a request takes of a gateway.</summary>
public enum RequestKind
{
    /// <summary>It reads.</summary>
    Read,

    /// <summary>It changes something.</summary>
    Write,

    /// <summary>It stays open.</summary>
    Stream,
}

/// <summary>An endpoint's metadata that tells its requests apart; what has none is not counted to its client.</summary>
public interface IRequestKinds
{
    /// <summary>What this request takes.</summary>
    RequestKind Of(HttpRequest request);
}

/// <summary>Marks what another service of ours asks for the sake of a request that it has let in itself: refused here, that one's work would be in vain.</summary>
public sealed class SkipAdmissionControl
{
    private static readonly SkipAdmissionControl Mark = new();

    private SkipAdmissionControl()
    {
    }

    /// <summary>Marks a method of a gRPC service: the fixed bound of this server counts it, the adaptive one does not.</summary>
    public static void Of(IEndpointConventionBuilder service, string method)
    {
        ArgumentNullException.ThrowIfNull(service);
        service.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<GrpcMethodMetadata>().Any(rpc => rpc.Method.Name == method))
                endpoint.Metadata.Add(Mark);
        });
    }
}
