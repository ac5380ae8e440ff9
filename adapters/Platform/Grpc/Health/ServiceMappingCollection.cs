using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>The services whose health can be asked for.</summary>
public sealed class ServiceMappingCollection : IEnumerable<ServiceMapping>
{
    readonly Dictionary<string, ServiceMapping> _mappings = new(StringComparer.Ordinal);

    /// <summary>Lets the checks that the predicate chooses speak for a service; replaces what was said of it before.</summary>
    public void Map(string name, Func<HealthCheckMapContext, bool> predicate) => _mappings[name] = new ServiceMapping(name, predicate);

    /// <summary>Forgets a service.</summary>
    public void Remove(string name) => _mappings.Remove(name);

    /// <summary>Forgets all services.</summary>
    public void Clear() => _mappings.Clear();

    /// <inheritdoc />
    public IEnumerator<ServiceMapping> GetEnumerator() => _mappings.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal bool TryGet(string name, [NotNullWhen(true)] out ServiceMapping? mapping) => _mappings.TryGetValue(name, out mapping);
}

/// <summary>A service and the checks that speak for it.</summary>
public sealed class ServiceMapping
{
    /// <summary>Lets the checks that the predicate chooses speak for a service.</summary>
    public ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(predicate);
        Name = name;
        Chooses = predicate;
    }

    /// <summary>The service's name; empty for the server as a whole.</summary>
    public string Name { get; }

    internal Func<HealthCheckMapContext, bool> Chooses { get; }
}

/// <summary>A registered health check.</summary>
public sealed class HealthCheckMapContext
{
    /// <summary>Describes a check.</summary>
    public HealthCheckMapContext(string name, IEnumerable<string> tags)
    {
        Name = name;
        Tags = tags;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its tags.</summary>
    public IEnumerable<string> Tags { get; }
}
