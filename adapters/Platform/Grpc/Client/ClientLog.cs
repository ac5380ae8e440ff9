using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

static partial class ClientLog
{
    [LoggerMessage(1, LogLevel.Warning, "The call credentials of '{Method}' are not sent: the channel is cleartext.")]
    public static partial void CredentialsIgnored(this ILogger logger, string method);
}
