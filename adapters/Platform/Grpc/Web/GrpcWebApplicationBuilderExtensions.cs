using FoodDelivery.Platform.GrpcRuntime.Web;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Admits gRPC-Web.</summary>
public static class GrpcWebApplicationBuilderExtensions
{
    /// <summary>Admits it where an endpoint asks for it. Stands behind routing.</summary>
    public static IApplicationBuilder UseGrpcWeb(this IApplicationBuilder builder) => builder.UseGrpcWeb(new GrpcWebOptions());

    /// <summary>Admits it as the settings say. Stands behind routing.</summary>
    public static IApplicationBuilder UseGrpcWeb(this IApplicationBuilder builder, GrpcWebOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder.Use(next => new GrpcWebMiddleware(next, options).InvokeAsync);
    }
}
