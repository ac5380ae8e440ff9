using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Edge;

/// <summary>Which web pages may call: those of the origins in <c>Cors:Origins</c>; in Development also every page of this machine.</summary>
internal static class BrowserAccess
{
    // What a page may read of an answer; without these it sees neither gRPC-Web's errors nor where a new order is.
    private static readonly string[] Exposed =
        ["Grpc-Status", "Grpc-Message", "Grpc-Encoding", "Grpc-Accept-Encoding", "Grpc-Status-Details-Bin", "Location", "Retry-After", "X-Request-Id"];

    public static IServiceCollection AddBrowserAccess(this IServiceCollection services, IConfiguration configuration, bool development)
    {
        var section = configuration.GetSection("Cors:Origins");
        string[] origins = section.Value is { } one
            ? one.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().Select(static child => child.Value ?? "")];
        return services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .SetIsOriginAllowed(origin => origins.Contains(origin, StringComparer.OrdinalIgnoreCase) || (development && IsOfThisMachine(origin)))
            .AllowAnyHeader()
            .AllowAnyMethod()
            .WithExposedHeaders(Exposed)
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
    }

    public static void UseBrowserAccess(this WebApplication app) => app.UseCors();

    private static bool IsOfThisMachine(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.IsLoopback;
}
