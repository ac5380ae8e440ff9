using Grpc.AspNetCore.Web;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Chooses which endpoints take gRPC-Web.</summary>
public static class GrpcWebEndpointConventionBuilderExtensions
{
    static readonly EnableGrpcWebAttribute _enabled = new();
    static readonly DisableGrpcWebAttribute _disabled = new();

    /// <summary>These take gRPC-Web.</summary>
    public static TBuilder EnableGrpcWeb<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(_enabled));
        return builder;
    }

    /// <summary>These do not.</summary>
    public static TBuilder DisableGrpcWeb<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(_disabled));
        return builder;
    }
}
