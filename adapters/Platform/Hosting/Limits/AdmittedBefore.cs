using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>Marks what another service of ours asks for the sake of a request that it has let in itself: refused here, that one's work would be in vain.</summary>
public sealed class AdmittedBefore
{
    private static readonly AdmittedBefore Mark = new();

    private AdmittedBefore()
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
