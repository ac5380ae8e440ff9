using Grpc.Core;
using Grpc.Net.Client;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>Whether a channel is secure, and which credentials go with each of its calls.</summary>
sealed class ChannelSecurity
{
    ChannelSecurity(bool takesCallCredentials, IReadOnlyList<AsyncAuthInterceptor> interceptors)
    {
        TakesCallCredentials = takesCallCredentials;
        Interceptors = interceptors;
    }

    public bool TakesCallCredentials { get; }

    public IReadOnlyList<AsyncAuthInterceptor> Interceptors { get; }

    public static ChannelSecurity Of(Uri address, GrpcChannelOptions options)
    {
        var secure = string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);
        var parts = new Parts();
        options.Credentials?.InternalPopulateConfiguration(parts, null);
        if (options.Credentials is not null && parts.Secure != secure)
        {
            throw new InvalidOperationException(
                $"The channel's credentials are {(parts.Secure ? "secure" : "insecure")}, the address '{address}' is not.");
        }

        return new ChannelSecurity(
            secure || options.UnsafeUseInsecureChannelCallCredentials, parts.Call is null ? [] : CredentialParts.InterceptorsOf(parts.Call));
    }

    sealed class Parts : ChannelCredentialsConfiguratorBase
    {
        public bool Secure { get; private set; }

        public CallCredentials? Call { get; private set; }

        public override void SetInsecureCredentials(object? state) => Secure = false;

        public override void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials)
        {
            channelCredentials.InternalPopulateConfiguration(this, state);
            Call = callCredentials;
        }

        internal override void SetSslCredentials(object? state) => Secure = true;
    }
}
