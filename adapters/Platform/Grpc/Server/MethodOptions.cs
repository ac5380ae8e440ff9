using System.IO.Compression;
using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.AspNetCore.Server;
using Grpc.Net.Compression;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>The settings of a service, resolved once when it is mapped.</summary>
sealed class MethodOptions
{
    public required int? MaxReceive { get; init; }

    public required int? MaxSend { get; init; }

    public required bool DetailedErrors { get; init; }

    public required Encodings Encodings { get; init; }

    public required ICompressionProvider? ResponseCompression { get; init; }

    public required CompressionLevel? ResponseCompressionLevel { get; init; }

    public required IReadOnlyList<InterceptorActivator> Interceptors { get; init; }

    public static MethodOptions Merge(GrpcServiceOptions all, GrpcServiceOptions own)
    {
        var encodings = new Encodings(all.CompressionProviders.Concat(own.CompressionProviders));
        ICompressionProvider? compression = null;
        var algorithm = own.ResponseCompressionAlgorithm ?? all.ResponseCompressionAlgorithm;
        if (algorithm is not null && !encodings.TryGet(algorithm, out compression))
        {
            throw new InvalidOperationException($"No compression provider is named '{algorithm}'; there are {encodings.Accepted}.");
        }

        return new MethodOptions
        {
            MaxReceive = own.MaxReceiveSpecified ? own.MaxReceiveMessageSize : all.MaxReceiveMessageSize,
            MaxSend = own.MaxSendSpecified ? own.MaxSendMessageSize : all.MaxSendMessageSize,
            DetailedErrors = own.EnableDetailedErrors ?? all.EnableDetailedErrors ?? false,
            Encodings = encodings,
            ResponseCompression = compression,
            ResponseCompressionLevel = own.ResponseCompressionLevel ?? all.ResponseCompressionLevel,
            Interceptors = [.. all.Interceptors.Concat(own.Interceptors).Select(registration => new InterceptorActivator(registration))],
        };
    }
}
