using System.Diagnostics.CodeAnalysis;

namespace FoodDelivery.Platform.Hosting.Metrics;

/// <summary>The labels of one series; equal if they have the same names and values in the same order, as one call site gives them.</summary>
internal sealed class Tags(ReadOnlySpan<KeyValuePair<string, object?>> pairs)
{
    private readonly KeyValuePair<string, object?>[] _pairs = pairs.ToArray();

    public ReadOnlySpan<KeyValuePair<string, object?>> Pairs => _pairs;

    /// <summary>Compares with tags as they come in, so that only a new series costs memory.</summary>
    public sealed class Comparer : IEqualityComparer<Tags>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, Tags>
    {
        public bool Equals(Tags? x, Tags? y) => x is not null && y is not null && Equals(x.Pairs, y);

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, Tags other)
        {
            var pairs = other.Pairs;
            if (alternate.Length != pairs.Length)
                return false;

            for (var i = 0; i < pairs.Length; i++)
            {
                if (!string.Equals(alternate[i].Key, pairs[i].Key, StringComparison.Ordinal) || !Equals(alternate[i].Value, pairs[i].Value))
                    return false;
            }

            return true;
        }

        public int GetHashCode([DisallowNull] Tags obj) => GetHashCode(obj.Pairs);

        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
        {
            var hash = default(HashCode);
            foreach (var (key, value) in alternate)
            {
                hash.Add(key.Length);
                hash.Add(value);
            }

            return hash.ToHashCode();
        }

        public Tags Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate);
    }
}
