using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Platform.GrpcRuntime.Web;
using FoodDelivery.Platform.GrpcRuntime.Wire;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>Tells gRPC requests from others: by the content type, and by HTTP/2 unless it is gRPC-Web.</summary>
static class Protocol
{
    public static bool IsAcceptable(HttpContext http, [NotNullWhen(false)] out Task? refused)
    {
        refused = null;
        var request = http.Request;
        var isHttp2 = HttpProtocol.IsHttp2(request.Protocol) || HttpProtocol.IsHttp3(request.Protocol);
        if (Headers.IsGrpc(request.ContentType) && isHttp2)
        {
            return true;
        }

        if (Headers.IsGrpcWeb(request.ContentType) && http.Features.Get<GrpcWebCall>() is not null)
        {
            return true;
        }

        refused = Headers.IsGrpc(request.ContentType)
            ? Refusal.AnswerAsync(http, StatusCodes.Status426UpgradeRequired, $"Request protocol '{request.Protocol}' is not supported.")
            : Refusal.AnswerAsync(http, StatusCodes.Status415UnsupportedMediaType, $"Content-Type '{request.ContentType}' is not supported.");
        return false;
    }

    public static string ResponseContentType(HttpContext http) =>
        Headers.IsGrpc(http.Request.ContentType) ? Headers.ContentType : http.Features.Get<GrpcWebCall>()!.ResponseContentType;
}
