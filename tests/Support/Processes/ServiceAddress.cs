namespace FoodDelivery.Tests.Support.Processes;

/// <summary>Where one service listens.</summary>
/// <param name="Service">Its name in settings: Order, Pay, Store, Customer.</param>
/// <param name="RestPort">HTTP/1.1.</param>
/// <param name="GrpcPort">HTTP/2.</param>
public sealed record ServiceAddress(string Service, int RestPort, int GrpcPort)
{
    /// <summary>The REST port's URL.</summary>
    public Uri Rest { get; } = new($"http://localhost:{RestPort}");

    /// <summary>The gRPC port's URL.</summary>
    public Uri Grpc { get; } = new($"http://localhost:{GrpcPort}");

    /// <summary>On two ports that are free now.</summary>
    public static ServiceAddress Free(string service) => new(service, FreePort.Next(), FreePort.Next());

    /// <summary>As settings on a command line.</summary>
    public IEnumerable<string> Settings() => [$"--{Service}:RestPort={RestPort}", $"--{Service}:GrpcPort={GrpcPort}"];
}
