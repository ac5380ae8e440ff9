namespace FoodDelivery.Platform.GrpcRuntime.Web;

/// <summary>Marks a request that came as gRPC-Web and was admitted.</summary>
sealed class GrpcWebCall(string contentType)
{
    public string ResponseContentType => contentType;
}
