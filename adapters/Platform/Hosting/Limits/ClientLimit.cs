using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using FoodDelivery.Platform.Hosting.Errors;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>Each client has its share of a gateway, for reads, for commands and for open streams apart; the rest is refused at once and says when to come again.</summary>
internal sealed class ClientLimit : IDisposable
{
    private static readonly TimeSpan Replenishment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);

    private readonly RequestDelegate _next;
    private readonly LimitMetrics _measures;
    private readonly PartitionedRateLimiter<(HttpContext Context, RequestKind Kind)> _limiter;

    public ClientLimit(RequestDelegate next, ClientLimitOptions options, LimitMetrics measures)
    {
        (_next, _measures) = (next, measures);
        _limiter = PartitionedRateLimiter.Create<(HttpContext Context, RequestKind Kind), Client>(request => request.Kind switch
        {
            RequestKind.Stream => RateLimitPartition.GetConcurrencyLimiter(
                Client.Of(request.Context, request.Kind), _ => new ConcurrencyLimiterOptions { PermitLimit = options.Streams }),
            RequestKind.Write => Bucket(Client.Of(request.Context, request.Kind), options.Writes),
            _ => Bucket(Client.Of(request.Context, request.Kind), options.Reads),
        });
    }

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IRequestKinds>() is not { } kinds)
        {
            await _next(context);
            return;
        }

        var kind = kinds.Of(context.Request);
        using var lease = _limiter.AttemptAcquire((context, kind));
        if (lease.IsAcquired)
        {
            await _next(context);
            return;
        }

        _measures.Refused("client");
        await context.Refuse(Error.Exhausted(
            "TOO_MANY_REQUESTS",
            kind is RequestKind.Stream ? "This client has too many streams open." : "This client asks too often.",
            lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Usual));
    }

    public void Dispose() => _limiter.Dispose();

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
