using System.Collections.Concurrent;
using System.Reflection;

namespace FoodDelivery.Platform.Sqlite.Writing;

/// <summary>Takes a statement's values from an object's properties, case ignored, or from a dictionary.</summary>
internal abstract class ParameterSource
{
    private static readonly ConcurrentDictionary<Type, ParameterSource> Known = new();

    public static ParameterSource Of(Type type) => Known.GetOrAdd(type, static type =>
        type.IsAssignableTo(typeof(IReadOnlyDictionary<string, object?>)) ? new FromDictionary() : new FromProperties(type));

    public object? Value(object parameters, string name, string sql) =>
        TryGet(parameters, name, out var value)
            ? value is ReadOnlyMemory<byte> bytes ? bytes.ToArray() : value
            : throw new ArgumentException($"There is no value for @{name} of: {sql}", nameof(parameters));

    protected abstract bool TryGet(object parameters, string name, out object? value);

    private sealed class FromDictionary : ParameterSource
    {
        protected override bool TryGet(object parameters, string name, out object? value) =>
            ((IReadOnlyDictionary<string, object?>)parameters).TryGetValue(name, out value);
    }

    private sealed class FromProperties(Type type) : ParameterSource
    {
        private readonly Dictionary<string, MethodInfo> _getters = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.GetMethod is not null && property.GetIndexParameters().Length == 0)
            .ToDictionary(static property => property.Name, static property => property.GetMethod!, StringComparer.OrdinalIgnoreCase);

        protected override bool TryGet(object parameters, string name, out object? value)
        {
            var found = _getters.TryGetValue(name, out var getter);
            value = getter?.Invoke(parameters, null);
            return found;
        }
    }
}
