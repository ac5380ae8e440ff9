using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Goes on with the settings of gRPC services.</summary>
public interface IGrpcServerBuilder
{
    /// <summary>Where the services are registered.</summary>
    IServiceCollection Services { get; }
}
