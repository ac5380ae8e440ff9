using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;

namespace FoodDelivery.Tests.Bench.Real;

/// <summary>
/// A pgbench script of recorded batches: the texts are those that PostgreSQL gets from the product, the values are bound as it binds them, and
/// each batch is one pipeline and so one transaction, as it is there.
/// </summary>
internal sealed partial class PgBenchScript
{
    private const string NewNumber = "id";
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The script.</summary>
    public string Text => _text.ToString();

    /// <summary>What stands behind its variables.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    public static PgBenchScript Of(IReadOnlyList<IReadOnlyList<Batch.Statement>> batches)
    {
        var script = new PgBenchScript();
        foreach (var batch in batches)
            script.Add(batch);

        return script;
    }

    /// <summary>A script of one query.</summary>
    public static PgBenchScript Of(string query)
    {
        var script = new PgBenchScript();
        script._text.Append(query).Append(";\n");
        return script;
    }

    private void Add(IReadOnlyList<Batch.Statement> batch)
    {
        if (batch is [{ Unless: null } answers])
        {
            // Its row is the new number, which the other batches need.
            _text.Append(Bound(answers)).Append(" \\gset\n");
            return;
        }

        _text.Append("\\startpipeline\n");
        foreach (var statement in batch)
            _text.Append(Bound(statement)).Append(";\n");

        _text.Append("\\endpipeline\n");
    }

    private string Bound(Batch.Statement statement)
    {
        var sql = SqlText.Of(statement.Sql, statement.Unless);
        var source = ParameterSource.Of(statement.Parameters!.GetType());
        return Position().Replace(sql.Text, match =>
        {
            var name = sql.Names[int.Parse(match.ValueSpan[1..], CultureInfo.InvariantCulture) - 1];
            return Variable(source.Value(statement.Parameters, name, sql.Text));
        }).ReplaceLineEndings(" ");
    }

    private string Variable(object? value)
    {
        var text = value switch
        {
            null => null,
            byte[] bytes => "\\x" + Convert.ToHexStringLower(bytes),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
        if (string.IsNullOrEmpty(text))
        {
            // pgbench has no variables of that kind.
            return text is null ? "null" : "''";
        }

        if (string.Equals(text, AcceptedOrder.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
            return $":{NewNumber}";

        var name = $"v{_values.Count}";
        _values.Add(name, text);
        return $":{name}";
    }

    [GeneratedRegex(@"\$\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Position();
}
