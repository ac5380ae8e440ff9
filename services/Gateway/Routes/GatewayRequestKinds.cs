using FoodDelivery.Platform.Hosting.Limits;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>Tells reads, commands and streams apart, for the clients' shares.</summary>
internal sealed class GatewayRequestKinds : IRequestKinds
{
    public static readonly GatewayRequestKinds Instance = new();

    public RequestKind Of(HttpRequest request) => request switch
    {
        _ when RpcMethods.Stream(request.Path.Value) => RequestKind.Stream,
        _ when HttpMethods.IsGet(request.Method) || RpcMethods.Read(request.Path.Value) => RequestKind.Read,
        _ => RequestKind.Write,
    };
}
