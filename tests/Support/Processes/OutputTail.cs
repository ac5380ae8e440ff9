namespace FoodDelivery.Tests.Support.Processes;

/// <summary>The last lines that a process wrote.</summary>
internal sealed class OutputTail
{
    private const int Kept = 300;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = [];

    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
                _lines.Dequeue();
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return string.Join(Environment.NewLine, _lines);
        }
    }
}
