using System.Text;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Fault by check, printed when all faults have been tried.</summary>
public sealed class FaultTable(IMessageSink messages) : IDisposable
{
    private const string Unseen = "-";

    private readonly Lock _gate = new();
    private readonly List<(string Fault, int Acknowledged, int Placed, string Settled, IReadOnlyDictionary<string, List<string>> Violations)> _rows = [];

    internal void Add(string fault, int acknowledged, int placed, string settled, IReadOnlyDictionary<string, List<string>> violations)
    {
        lock (_gate)
        {
            _rows.Add((fault, acknowledged, placed, settled, violations));
        }
    }

    public void Dispose() => messages.OnMessage(new DiagnosticMessage(ToString()));

    public override string ToString()
    {
        var text = new StringBuilder().AppendLine($"DELIVERY_SEED={FaultTests.Seed} DELIVERY_ORDERS={FaultTests.Orders}")
            .AppendLine($"| fault | acknowledged | placed | {string.Join(" | ", Checks.All.Keys)} | settled after |")
            .AppendLine($"|---|---|---|{string.Concat(Checks.All.Select(static _ => "---|"))}---|");
        lock (_gate)
        {
            foreach (var (fault, acknowledged, placed, settled, violations) in _rows)
                text.AppendLine($"| {fault} | {acknowledged} | {placed} | {string.Join(" | ", Checks.All.Keys.Select(check => Cell(violations, check)))} | {settled} |");
        }

        return text.ToString();
    }

    private static string Cell(IReadOnlyDictionary<string, List<string>> violations, string check) =>
        !violations.TryGetValue(check, out var found) ? Unseen : found.Count == 0 ? "ok" : $"{found.Count} WRONG";
}
