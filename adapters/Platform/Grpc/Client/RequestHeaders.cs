using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>The headers a call goes out with.</summary>
static class RequestHeaders
{
    const string EncodingRequest = "grpc-internal-encoding-request";
    const string UserAgent = "grpc-dotnet-fooddelivery/1.0";

    public static void Write(HttpRequestMessage message, CallOptions options, Encodings encodings)
    {
        message.Headers.TryAddWithoutValidation("te", "trailers");
        message.Headers.TryAddWithoutValidation("user-agent", UserAgent);
        message.Headers.TryAddWithoutValidation(Headers.AcceptEncoding, encodings.Accepted);
        if (CompressionOf(options, encodings) is { } compression)
        {
            message.Headers.TryAddWithoutValidation(Headers.Encoding, compression.EncodingName);
        }

        if (options.Headers is { } headers)
        {
            Write(message, headers);
        }
    }

    /// <summary>How a call wishes its requests to be compressed, by the metadata that the official client reads for it.</summary>
    public static ICompressionProvider? CompressionOf(CallOptions options, Encodings encodings)
    {
        if (options.Headers is not { Count: > 0 } headers || headers.GetValue(EncodingRequest) is not { } name)
        {
            return null;
        }

        return encodings.TryGet(name, out var provider)
            ? provider
            : throw new InvalidOperationException($"No compression provider is named '{name}'; there are {encodings.Accepted}.");
    }

    public static async ValueTask WriteCredentialsAsync(
        HttpRequestMessage message, GrpcChannel channel, IMethod method, CallOptions options, CancellationToken cancellationToken)
    {
        if (options.Credentials is null && channel.Security.Interceptors.Count == 0)
        {
            return;
        }

        if (!channel.Security.TakesCallCredentials)
        {
            channel.Logger.CredentialsIgnored(method.FullName);
            return;
        }

        var address = channel.AddressOf(method);
        var context = new AuthInterceptorContext($"{address.Scheme}://{address.Authority}/{method.ServiceName}", method.Name, cancellationToken);
        var metadata = new Metadata();
        foreach (var interceptor in channel.Security.Interceptors)
        {
            await interceptor(context, metadata).ConfigureAwait(false);
        }

        if (options.Credentials is { } credentials)
        {
            foreach (var interceptor in CredentialParts.InterceptorsOf(credentials))
            {
                await interceptor(context, metadata).ConfigureAwait(false);
            }
        }

        Write(message, metadata);
    }

    static void Write(HttpRequestMessage message, Metadata entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (!string.Equals(entry.Key, EncodingRequest, StringComparison.Ordinal) && !message.Headers.TryAddWithoutValidation(entry.Key, entry.WireValue))
            {
                throw new InvalidOperationException($"The header '{entry.Key}' cannot be sent.");
            }
        }
    }
}
