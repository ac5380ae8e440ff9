using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>
/// A bucket that fills continuously: what it holds follows from the time alone. The platform's own is filled ten times a second, by whole tokens: it gave 19 a
/// second as 10, and with room for one no more than 10, whatever was allowed.
/// </summary>
internal sealed class TokenBucket(Allowance allowance, TimeProvider clock) : RateLimiter
{
    // Of a token: whoever comes when it was told to shall not find a billionth of it missing.
    private const double Rounding = 1e-6;

    private readonly Lock _gate = new();
    private double _held = allowance.Burst;
    private long _at = clock.GetTimestamp();

    /// <summary>For how long it has been full, so that whoever has not asked for a while is forgotten.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_gate)
            {
                var unused = clock.GetElapsedTime(_at) - Until(allowance.Burst);
                return unused > TimeSpan.Zero ? unused : null;
            }
        }
    }

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _held = Math.Min(allowance.Burst, _held + (clock.GetElapsedTime(_at, now).TotalSeconds * allowance.PerSecond));
            _at = now;
            if (_held < permitCount - Rounding)
                return new Lease(Until(permitCount));

            _held = Math.Max(0, _held - permitCount);
            return Lease.Acquired;
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => new(AttemptAcquireCore(permitCount));

    // From the last look at it.
    private TimeSpan Until(int tokens) => TimeSpan.FromSeconds(Math.Max(0, tokens - _held) / allowance.PerSecond);

    private sealed class Lease(TimeSpan? retryAfter) : RateLimitLease
    {
        public static readonly Lease Acquired = new(null);

        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
        {
            metadata = string.Equals(metadataName, MetadataName.RetryAfter.Name, StringComparison.Ordinal) ? retryAfter : null;
            return metadata is not null;
        }
    }
}
