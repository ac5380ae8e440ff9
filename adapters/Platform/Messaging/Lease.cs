using Dapper;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Platform.Messaging;

/// <summary>
/// The right to do what one process at a time may do. It runs out by itself when its owner dies. An owner that was
/// asleep may not notice at once: whoever relies on a lease must do no harm when two believe to have it. Its owner measures it by time that
/// only passes, so that a clock that is set costs nothing; others do so by the clock, and when that was set back they believe no lease that ends later than one
/// that was just taken could.
/// </summary>
/// <param name="database">Where it is kept; those who share the database share the lease.</param>
/// <param name="name">What it is the right to.</param>
/// <param name="length">For how long it is taken at a time.</param>
/// <param name="time">The clock; those who share the lease have the same to within its length.</param>
public sealed class Lease(IDatabase database, string name, TimeSpan length, TimeProvider time)
{
    private const string Take =
        """
        insert into leases (name, owner, expires_at) values (@Name, @Owner, @Until)
        on conflict (name) do update set owner = excluded.owner, expires_at = excluded.expires_at
        where leases.owner = excluded.owner or leases.expires_at <= @Now or leases.expires_at > @Furthest
        """;

    private readonly string _owner = Guid.NewGuid().ToString();
    private long? _taken;

    /// <summary>For how long it is held still; negative if it is not.</summary>
    public TimeSpan Remaining => _taken is { } taken ? length - time.GetElapsedTime(taken) : -length;

    /// <summary>Takes it, or holds it on; false if another owner has it.</summary>
    public async Task<bool> Hold(CancellationToken cancellation)
    {
        if (Remaining > length / 2)
            return true;

        var (now, taking) = (time.GetUtcNow(), time.GetTimestamp());
        if (await IsTaken(now, cancellation))
            return false;

        var batch = new Batch().Require(
            Take, new { Name = name, Owner = _owner, Until = Milliseconds(now + length), Now = Milliseconds(now), Furthest = Furthest(now) });
        var taken = await database.Write(batch, cancellation) == WriteResult.Done;
        _taken = taken ? taking : null;
        return taken;
    }

    /// <summary>Gives it back, so that another need not wait until it runs out.</summary>
    public async Task Release(CancellationToken cancellation)
    {
        if (_taken is null)
            return;

        _taken = null;
        await database.Write(
            new Batch().Add("update leases set expires_at = 0 where name = @Name and owner = @Owner", new { Name = name, Owner = _owner }), cancellation);
    }

    // As long again is for clocks that differ.
    private long Furthest(DateTimeOffset now) => Milliseconds(now + (2 * length));

    private static long Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    // A look before the try: one that stands by writes nothing.
    private async Task<bool> IsTaken(DateTimeOffset now, CancellationToken cancellation) =>
        await database.Read(
            connection => connection.ExecuteScalarAsync<long>(
                "select count(*) from leases where name = @Name and owner <> @Owner and expires_at > @Now and expires_at <= @Furthest",
                new { Name = name, Owner = _owner, Now = Milliseconds(now), Furthest = Furthest(now) }),
            cancellation) > 0;
}
