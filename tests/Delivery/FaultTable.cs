using System.Text;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Fault by check, printed when all faults have been tried.</summary>
public sealed class FaultTable(IMessageSink messages) : IDisposable
{
    private const string Unseen = "-";

    private static readonly IReadOnlyList<string> Columns = [.. Checks.All.Keys, Routes.Check];

    private readonly Lock _gate = new();
    private readonly List<Row> _rows = [];

    internal void Add(Row row)
    {
        lock (_gate)
        {
            _rows.Add(row);
        }
    }

    public void Dispose() => messages.OnMessage(new DiagnosticMessage(ToString()));

    public override string ToString()
    {
        var text = new StringBuilder().AppendLine($"DELIVERY_SEED={FaultTests.Seed}")
            .AppendLine($"| fault | acknowledged | placed | orphans refunded | {string.Join(" | ", Columns)} | settled after |")
            .AppendLine($"|---|---|---|---|{string.Concat(Columns.Select(static _ => "---|"))}---|");
        lock (_gate)
        {
            foreach (var row in _rows)
                text.AppendLine($"| {row.Fault} | {row.Acknowledged} | {row.Placed} | {row.Orphans} | {string.Join(" | ", Columns.Select(row.Cell))} | {row.Settled} |");
        }

        return text.ToString();
    }

    /// <summary>What a fault has done.</summary>
    /// <param name="Fault">Its name.</param>
    /// <param name="Acknowledged">How many orders callers were told of.</param>
    /// <param name="Placed">How many orders there are.</param>
    /// <param name="Orphans">How many payments without an order were found and refunded.</param>
    /// <param name="Settled">How long it took until all checks held, and for which of them that was.</param>
    /// <param name="Violations">Of each check.</param>
    internal sealed record Row(
        string Fault, int Acknowledged, int Placed, int Orphans, string Settled, IReadOnlyDictionary<string, List<string>> Violations)
    {
        public string Cell(string check) => !Violations.TryGetValue(check, out var found) ? Unseen : found.Count == 0 ? "ok" : $"{found.Count} WRONG";
    }
}
