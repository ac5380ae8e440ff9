namespace Grpc.AspNetCore.Web;

/// <summary>Says of an endpoint whether it takes gRPC-Web.</summary>
public interface IGrpcWebEnabledMetadata
{
    /// <summary>Whether it does.</summary>
    bool GrpcWebEnabled { get; }
}

/// <summary>The service or method takes gRPC-Web.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = false, Inherited = true)]
public class EnableGrpcWebAttribute : Attribute, IGrpcWebEnabledMetadata
{
    /// <inheritdoc />
    public bool GrpcWebEnabled => true;
}

/// <summary>The service or method does not take gRPC-Web.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = false, Inherited = true)]
public class DisableGrpcWebAttribute : Attribute, IGrpcWebEnabledMetadata
{
    /// <inheritdoc />
    public bool GrpcWebEnabled => false;
}
