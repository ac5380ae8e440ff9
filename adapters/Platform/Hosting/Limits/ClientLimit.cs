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
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);

    /// <summary>Call it once it is known who calls.</summary>
    public static void UseClientLimit(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<ClientLimitOptions>();
        var measures = app.ApplicationServices.GetRequiredService<LimitMetrics>();
        var clock = app.ApplicationServices.GetRequiredService<TimeProvider>();
        app.UseRateLimiter(new RateLimiterOptions
        {
            GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Client>(context => Kind(context) switch
            {
                null => RateLimitPartition.GetNoLimiter(default(Client)),
                RequestKind.Stream => RateLimitPartition.GetConcurrencyLimiter(
                    Client.Of(context, RequestKind.Stream), _ => new ConcurrencyLimiterOptions { PermitLimit = options.Streams }),
                { } kind => Bucket(Client.Of(context, kind), kind is RequestKind.Write ? options.Writes : options.Reads, clock),
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

    private static RateLimitPartition<Client> Bucket(Client client, Allowance allowance, TimeProvider clock) =>
        RateLimitPartition.Get<Client>(client, _ => new TokenBucket(allowance, clock));

    private readonly record struct Client(string? Subject, IPAddress? Address, RequestKind Kind)
    {
        public static Client Of(HttpContext context, RequestKind kind) => context.User.FindFirst("sub")?.Value is { } subject
            ? new Client(subject, null, kind)
            : new Client(null, ClientAddress.Of(context.Connection.RemoteIpAddress), kind);
    }
}

/// <summary>Whose an address is.</summary>
internal static class ClientAddress
{
    private const int Network = 8;
    private const int Whole = 16;

    /// <summary>Of IPv6 the network: whoever has one of its addresses has all.</summary>
    public static IPAddress? Of(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
            return address?.MapToIPv4();

        Span<byte> bytes = stackalloc byte[Whole];
        address.TryWriteBytes(bytes, out _);
        bytes[Network..].Clear();
        return new IPAddress(bytes);
    }
}
