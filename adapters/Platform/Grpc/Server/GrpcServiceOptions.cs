using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>How gRPC calls are served. What is not set for one service is taken from the settings of all.</summary>
public class GrpcServiceOptions
{
    int? _maxReceive;
    int? _maxSend;

    internal bool MaxReceiveSpecified { get; private set; }

    internal bool MaxSendSpecified { get; private set; }

    /// <summary>The largest message that is received, in bytes; null for no limit. The default is 4 MiB.</summary>
    public int? MaxReceiveMessageSize
    {
        get => _maxReceive;
        set => (_maxReceive, MaxReceiveSpecified) = (value, true);
    }

    /// <summary>The largest message that is sent, in bytes; null, the default, for no limit.</summary>
    public int? MaxSendMessageSize
    {
        get => _maxSend;
        set => (_maxSend, MaxSendSpecified) = (value, true);
    }

    /// <summary>Whether callers read the messages of a handler's exceptions; by default they do not.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>Compresses responses for callers that accept this encoding; null, the default, for none.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>How hard responses are compressed.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>The known encodings; by default gzip and deflate.</summary>
    public IList<ICompressionProvider> CompressionProviders { get; set; } = [];

    /// <summary>Whether calls to unknown services are left to other routes; by default they are answered with UNIMPLEMENTED.</summary>
    public bool? IgnoreUnknownServices { get; set; }

    /// <summary>Stand before the handlers, the first first.</summary>
    public InterceptorCollection Interceptors { get; } = [];
}

/// <summary>How the calls of one service are served.</summary>
/// <typeparam name="TService">The service.</typeparam>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class;
