using System.Net;
using System.Net.Http.Headers;
using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;
using GrpcHeaders = FoodDelivery.Platform.GrpcRuntime.Wire.Headers;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>Reads what an answer says beside its messages.</summary>
static class ResponseChecks
{
    /// <summary>Whether the answer is gRPC at all.</summary>
    /// <exception cref="RpcException">It is not.</exception>
    public static void Check(HttpResponseMessage response)
    {
        if (Find(response.Headers, GrpcHeaders.Status) is not null)
        {
            return;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new RpcException(new Status(
                CodeOf(response.StatusCode), $"Bad gRPC response. HTTP status code: {(int)response.StatusCode}"));
        }

        var contentType = response.Content.Headers.ContentType?.ToString();
        if (!GrpcHeaders.IsGrpc(contentType))
        {
            throw new RpcException(new Status(StatusCode.Cancelled, contentType is null
                ? "Bad gRPC response. Response did not have a content-type header."
                : $"Bad gRPC response. Invalid content-type value: {contentType}"));
        }
    }

    /// <summary>The outcome behind the messages, or with the headers when there was no message.</summary>
    public static (Status Status, Metadata Trailers) ReadOutcome(HttpResponseMessage response)
    {
        var source = Find(response.Headers, GrpcHeaders.Status) is null ? response.TrailingHeaders : response.Headers;
        if (Find(source, GrpcHeaders.Status) is not { } code)
        {
            return (new Status(StatusCode.Cancelled, "No grpc-status found on response."), ReadMetadata(source));
        }

        var detail = Find(source, GrpcHeaders.Message) is { } text ? PercentEncoding.Decode(text) : "";
        return (new Status(StatusTexts.Parse(code), detail), ReadMetadata(source));
    }

    public static Metadata ReadMetadata(HttpResponseHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                metadata.AddHeader(name, value);
            }
        }

        return metadata;
    }

    public static string? Find(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    // https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md
    static StatusCode CodeOf(HttpStatusCode http) => http switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
