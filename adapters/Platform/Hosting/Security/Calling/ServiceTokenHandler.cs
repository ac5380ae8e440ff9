using System.Net;
using System.Net.Http.Headers;

namespace FoodDelivery.Platform.Hosting.Security.Calling;

/// <summary>Puts this service's own token into its calls to another.</summary>
internal sealed class ServiceTokenHandler(ServiceTokens tokens) : DelegatingHandler
{
    private const string RpcStatus = "grpc-status";
    private const string Unauthenticated = "16";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await tokens.Get(cancellationToken) is not { } token)
            return await base.SendAsync(request, cancellationToken);

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        if (IsRefused(response))
            tokens.Drop(token);

        return response;
    }

    private static bool IsRefused(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.Unauthorized
        || (response.Headers.TryGetValues(RpcStatus, out var statuses) && statuses.Contains(Unauthenticated, StringComparer.Ordinal));
}
