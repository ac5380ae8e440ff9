using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>Writes the outcome: behind the messages, or with the headers when there is no message.</summary>
static class Trailing
{
    public static void Write(HttpContext http, Status status, Metadata? trailers = null)
    {
        var target = Destination(http);
        if (trailers is not null)
        {
            Append(target, trailers);
        }

        target.GrpcStatus = StatusTexts.Of(status.StatusCode);
        if (!string.IsNullOrEmpty(status.Detail))
        {
            target.GrpcMessage = PercentEncoding.Encode(status.Detail);
        }
    }

    public static void Append(IHeaderDictionary target, Metadata entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            target.Append(entries[i].Key, entries[i].WireValue);
        }
    }

    static IHeaderDictionary Destination(HttpContext http)
    {
        if (!http.Response.HasStarted)
        {
            return http.Response.Headers;
        }

        return http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers
            ?? throw new InvalidOperationException("The server cannot send trailers over this connection.");
    }
}
