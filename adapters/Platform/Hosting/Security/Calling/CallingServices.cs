using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Security.Calling;

/// <summary>Registration of calls to other services under this service's own token.</summary>
public static class CallingServices
{
    /// <summary>Sends this service's own token with every call of the client: <c>Auth:ClientId</c> and <c>Auth:ClientSecret</c>, required outside Development.</summary>
    public static IHttpClientBuilder AddServiceToken(this IHttpClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.Services.TryAddSingleton<ServiceTokens>();
        client.Services.TryAddTransient<ServiceTokenHandler>();
        client.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthOptions>, ServiceIdentityCheck>());
        return client.AddHttpMessageHandler<ServiceTokenHandler>();
    }
}
