using System.Collections.Concurrent;

namespace FoodDelivery.Tests.Support.Processes;

/// <summary>A clock for each process.</summary>
public sealed class FakeClocks : IDisposable
{
    private readonly ConcurrentDictionary<string, FakeClock> _clocks = new(StringComparer.Ordinal);

    /// <summary>All of them, by their processes.</summary>
    public IEnumerable<FakeClock> All => _clocks.OrderBy(static clock => clock.Key, StringComparer.Ordinal).Select(static clock => clock.Value);

    /// <summary>What the environment of a process must say for it to go by its own.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentOf(string process) => _clocks.GetOrAdd(process, static _ => new FakeClock()).Environment;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var clock in _clocks.Values)
            clock.Dispose();
    }
}
