using System.Data.Common;

namespace FoodDelivery.Platform.Storage;

/// <summary>Whether the last write failed for a reason that passes: a full disk, for instance, which no query notices.</summary>
internal sealed class WriteWatch
{
    private volatile bool _hasFailed;

    /// <summary>Notes how a write ends.</summary>
    public async Task<T> Of<T>(Task<T> write)
    {
        try
        {
            var result = await write;
            _hasFailed = false;
            return result;
        }
        catch (DbException away) when (away.IsTransient)
        {
            _hasFailed = true;
            throw;
        }
    }

    /// <summary>Whether the last write succeeded; if it did not, whether one that changes nothing does now.</summary>
    public async ValueTask<bool> IsWell(IDatabase database, CancellationToken cancellation)
    {
        if (!_hasFailed)
            return true;

        try
        {
            await database.Write(new Batch().Add("update migrations set applied_at = applied_at where number = 1"), cancellation);
            return true;
        }
        catch (Exception away) when (away is DbException or TimeoutException)
        {
            return false;
        }
    }
}
