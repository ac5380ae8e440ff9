using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;

namespace FoodDelivery.Platform.Storage;

/// <summary>Takes a statement's values from an object's properties, case ignored, or from a dictionary.</summary>
public abstract partial class ParameterSource
{
    private static readonly ConcurrentDictionary<Type, ParameterSource> Known = new();

    private protected ParameterSource()
    {
    }

    /// <summary>The parameters of a statement: <c>@Name</c>, wherever it stands in the text.</summary>
    [GeneratedRegex(@"@[A-Za-z_][A-Za-z0-9_]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    public static partial Regex Parameter();

    /// <summary>How to take them from objects of a type.</summary>
    public static ParameterSource Of(Type type) => Known.GetOrAdd(type, static type =>
        type.IsAssignableTo(typeof(IReadOnlyDictionary<string, object?>)) ? new FromDictionary() : new FromProperties(type));

    /// <summary>The value of one parameter.</summary>
    /// <exception cref="ArgumentException">The object has no such property.</exception>
    public object? Value(object parameters, string name, string sql) =>
        TryGet(parameters, name, out var value)
            ? value is ReadOnlyMemory<byte> bytes ? bytes.ToArray() : value
            : throw new ArgumentException($"There is no value for @{name} of: {sql}", nameof(parameters));

    /// <summary>What the object declares the parameter to be, so that a null has a type too; null if it does not say.</summary>
    public virtual Type? Declared(string name) => null;

    private protected abstract bool TryGet(object parameters, string name, out object? value);

    private sealed class FromDictionary : ParameterSource
    {
        private protected override bool TryGet(object parameters, string name, out object? value) =>
            ((IReadOnlyDictionary<string, object?>)parameters).TryGetValue(name, out value);
    }

    private sealed class FromProperties(Type type) : ParameterSource
    {
        private readonly Dictionary<string, MethodInfo> _getters = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.GetMethod is not null && property.GetIndexParameters().Length == 0)
            .ToDictionary(static property => property.Name, static property => property.GetMethod!, StringComparer.OrdinalIgnoreCase);

        public override Type? Declared(string name) => _getters.TryGetValue(name, out var getter) ? getter.ReturnType : null;

        private protected override bool TryGet(object parameters, string name, out object? value)
        {
            var found = _getters.TryGetValue(name, out var getter);
            value = getter?.Invoke(parameters, null);
            return found;
        }
    }
}

/// <summary>Makes an object of a row.</summary>
public static class SingleRow
{
    /// <summary>The row that the reader stands on. A single integer comes in the size that is asked for, whatever size the database has it in.</summary>
    public static T? As<T>(DbDataReader reader) => reader.GetRowParser(typeof(T))(reader) switch
    {
        T typed => typed,
        null or DBNull => default,
        var other => (T)Convert.ChangeType(other, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture),
    };
}
