namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Which health checks speak for which gRPC service.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <summary>The services; by default the empty name, for which all checks speak.</summary>
    public ServiceMappingCollection Services { get; } = new();

    /// <summary>Whether answers come from the last periodic run; by default each question runs the checks.</summary>
    public bool UseHealthChecksCache { get; set; }
}
