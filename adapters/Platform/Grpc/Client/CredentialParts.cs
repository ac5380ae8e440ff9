using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>Takes call credentials apart into the functions that add headers.</summary>
sealed class CredentialParts : CallCredentialsConfiguratorBase
{
    readonly List<AsyncAuthInterceptor> _interceptors = [];

    public static IReadOnlyList<AsyncAuthInterceptor> InterceptorsOf(CallCredentials credentials)
    {
        var parts = new CredentialParts();
        credentials.InternalPopulateConfiguration(parts, null);
        return parts._interceptors;
    }

    public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials)
    {
        foreach (var part in credentials)
        {
            part.InternalPopulateConfiguration(this, state);
        }
    }

    public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor) => _interceptors.Add(interceptor);
}
