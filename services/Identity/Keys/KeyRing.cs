namespace FoodDelivery.Services.Identity.Keys;

/// <summary>
/// The keys, old to new. The next one is published for a while before it signs, and the last one until its last token has expired, so that
/// whoever checks tokens never meets one whose key it cannot know.
/// </summary>
internal sealed class KeyRing : IDisposable
{
    private readonly Lock _gate = new();
    private readonly KeyFile _file;
    private readonly KeySchedule _schedule;
    private readonly TimeProvider _time;
    private readonly List<SigningKey> _keys;

    public KeyRing(KeyFile file, KeySchedule schedule, TimeProvider time)
    {
        (_file, _schedule, _time) = (file, schedule, time);
        _keys = file.Read();
        Turn();
    }

    /// <summary>Signs with the key whose time it is.</summary>
    public T Sign<T>(Func<SigningKey, T> sign)
    {
        lock (_gate)
        {
            Turn();
            return sign(_keys.Last(key => key.From <= _time.GetUtcNow()));
        }
    }

    /// <summary>What of the keys is public.</summary>
    public IReadOnlyList<PublicKey> Published()
    {
        lock (_gate)
        {
            Turn();
            return [.. _keys.Select(static key => new PublicKey("EC", "sig", "ES256", "P-256", key.Id, key.X, key.Y))];
        }
    }

    public void Dispose() => _keys.ForEach(static key => key.Dispose());

    private void Turn()
    {
        var now = _time.GetUtcNow();
        var changed = Add(now) | Drop(now);
        if (changed)
        {
            _file.Write(_keys);
        }
    }

    private bool Add(DateTimeOffset now)
    {
        // The clock of another day may have made keys that are not yet due; then one is needed now all the same.
        if (_keys.Count == 0 || _keys[0].From > now)
        {
            _keys.Insert(0, SigningKey.New(now));
            return true;
        }

        var next = _keys[^1].From + _schedule.Period;
        if (now < next - _schedule.Ahead)
        {
            return false;
        }

        _keys.Add(SigningKey.New(next > now + _schedule.Ahead ? next : now + _schedule.Ahead));
        return true;
    }

    private bool Drop(DateTimeOffset now)
    {
        var dropped = 0;
        while (_keys.Count > 1 && _keys[1].From + _schedule.Kept < now)
        {
            _keys[0].Dispose();
            _keys.RemoveAt(0);
            dropped++;
        }

        return dropped > 0;
    }
}

/// <summary>A key as a JSON Web Key (RFC 7517).</summary>
internal sealed record PublicKey(string Kty, string Use, string Alg, string Crv, string Kid, string X, string Y);
