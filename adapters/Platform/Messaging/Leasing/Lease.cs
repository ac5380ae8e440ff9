using Dapper;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Platform.Messaging.Leasing;

/// <summary>
/// The right to do what one process at a time may do. It runs out by itself when its owner dies. An owner that was
/// asleep may not notice at once: whoever relies on a lease must do no harm when two believe to have it.
/// </summary>
/// <param name="database">Where it is kept; those who share the database share the lease.</param>
/// <param name="name">What it is the right to.</param>
/// <param name="length">For how long it is taken at a time.</param>
/// <param name="time">The clock; those who share the lease have about the same.</param>
public sealed class Lease(IDatabase database, string name, TimeSpan length, TimeProvider time)
{
    private const string Take =
        """
        insert into leases (name, owner, expires_at) values (@Name, @Owner, @Until)
        on conflict (name) do update set owner = excluded.owner, expires_at = excluded.expires_at
        where leases.owner = excluded.owner or leases.expires_at <= @Now
        """;

    private readonly string _owner = Guid.NewGuid().ToString();
    private DateTimeOffset _until = DateTimeOffset.MinValue;

    /// <summary>For how long it is held still; negative if it is not.</summary>
    public TimeSpan Remaining => _until - time.GetUtcNow();

    /// <summary>Takes it, or holds it on; false if another owner has it.</summary>
    public async Task<bool> Hold(CancellationToken cancellation)
    {
        if (Remaining > length / 2)
        {
            return true;
        }

        var now = time.GetUtcNow();
        if (await IsTaken(now, cancellation))
        {
            return false;
        }

        var until = now + length;
        var batch = new Batch().Require(Take, new { Name = name, Owner = _owner, Until = Milliseconds(until), Now = Milliseconds(now) });
        var taken = await database.Write(batch, cancellation) == WriteResult.Done;
        _until = taken ? until : DateTimeOffset.MinValue;
        return taken;
    }

    /// <summary>Gives it back, so that another need not wait until it runs out.</summary>
    public async Task Release(CancellationToken cancellation)
    {
        if (_until == DateTimeOffset.MinValue)
        {
            return;
        }

        _until = DateTimeOffset.MinValue;
        await database.Write(
            new Batch().Add("update leases set expires_at = 0 where name = @Name and owner = @Owner", new { Name = name, Owner = _owner }), cancellation);
    }

    private static long Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    // A look before the try: one that stands by writes nothing.
    private async Task<bool> IsTaken(DateTimeOffset now, CancellationToken cancellation) =>
        await database.Read(
            connection => connection.ExecuteScalarAsync<long>(
                "select count(*) from leases where name = @Name and owner <> @Owner and expires_at > @Now",
                new { Name = name, Owner = _owner, Now = Milliseconds(now) }),
            cancellation) > 0;
}
