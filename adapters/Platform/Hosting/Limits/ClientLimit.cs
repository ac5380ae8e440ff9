using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using FoodDelivery.Platform.Hosting.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>Each client has its share of a gateway, for reads, for commands and for open streams apart; the rest is refused at once and says when to come again.</summary>
internal static class ClientLimit
{
    private static readonly TimeSpan Replenishment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);

    /// <summary>Call it once it is known who calls.</summary>
    public static void UseClientLimit(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<ClientLimitOptions>();
        var measures = app.ApplicationServices.GetRequiredService<LimitMetrics>();
        app.UseRateLimiter(new RateLimiterOptions
        {
            GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Client>(context => Kind(context) switch
            {
                null => RateLimitPartition.GetNoLimiter(default(Client)),
                RequestKind.Stream => RateLimitPartition.GetConcurrencyLimiter(
                    Client.Of(context, RequestKind.Stream), _ => new ConcurrencyLimiterOptions { PermitLimit = options.Streams }),
                { } kind => Bucket(Client.Of(context, kind), kind is RequestKind.Write ? options.Writes : options.Reads),
            }),
            OnRejected = (rejected, _) =>
            {
                measures.Refused("client");
                return new ValueTask(rejected.HttpContext.Refuse(Error.Exhausted(
                    "TOO_MANY_REQUESTS",
                    Kind(rejected.HttpContext) is RequestKind.Stream ? "This client has too many streams open." : "This client asks too often.",
                    rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Usual)));
            },
        });
    }

    private static RequestKind? Kind(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IRequestKinds>()?.Of(context.Request);

    private static RateLimitPartition<Client> Bucket(Client client, Allowance allowance) => RateLimitPartition.GetTokenBucketLimiter(
        client,
        _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = allowance.Burst,
            TokensPerPeriod = Math.Max(1, (int)(allowance.PerSecond * Replenishment.TotalSeconds)),
            ReplenishmentPeriod = allowance.PerSecond * Replenishment.TotalSeconds < 1 ? TimeSpan.FromSeconds(1.0 / allowance.PerSecond) : Replenishment,
            QueueLimit = 0,
        });

    private readonly record struct Client(string? Subject, IPAddress? Address, RequestKind Kind)
    {
        private const int Network = 8;
        private const int Whole = 16;

        public static Client Of(HttpContext context, RequestKind kind) => context.User.FindFirst("sub")?.Value is { } subject
            ? new Client(subject, null, kind)
            : new Client(null, Neighbourhood(context.Connection.RemoteIpAddress), kind);

        // Whoever has one address of IPv6 has all of its network.
        private static IPAddress? Neighbourhood(IPAddress? address)
        {
            if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
                return address?.MapToIPv4();

            Span<byte> bytes = stackalloc byte[Whole];
            address.TryWriteBytes(bytes, out _);
            bytes[Network..].Clear();
            return new IPAddress(bytes);
        }
    }
}
