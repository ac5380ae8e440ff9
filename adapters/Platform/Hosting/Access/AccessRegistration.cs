using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Access;

/// <summary>Registers who may call what, and how a refusal is said.</summary>
internal static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration, bool development) => services
        .AddSecurity(configuration, development)
        .AddWarmUp("keys", SecurityServices.PrepareKeys)
        .AddSingleton<AccessAudit>()
        .AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusal>();
}
