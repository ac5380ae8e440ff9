namespace FoodDelivery.Platform.Hosting.Metrics;

/// <summary>One line, or for a histogram one block of lines, of the page.</summary>
internal abstract class Series
{
    public abstract void Record(double value);

    public abstract void Write(TextPage page, string name, Tags tags);

    protected static void Add(ref double sum, double value)
    {
        var seen = Volatile.Read(ref sum);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref sum, seen + value, seen);
            if (before.Equals(seen))
                return;

            seen = before;
        }
    }
}

/// <summary>A counter, or an up-down counter: what was added to it.</summary>
internal sealed class Sum : Series
{
    private double _sum;

    public override void Record(double value) => Add(ref _sum, value);

    public override void Write(TextPage page, string name, Tags tags) => page.Line(name, tags, null, Volatile.Read(ref _sum));
}

/// <summary>A gauge, or an observed counter, which tells its whole sum each time: what was seen last.</summary>
internal sealed class Latest : Series
{
    private double _latest;

    public override void Record(double value) => Volatile.Write(ref _latest, value);

    public override void Write(TextPage page, string name, Tags tags) => page.Line(name, tags, null, Volatile.Read(ref _latest));
}

/// <summary>A histogram: how many values were at most as large as each bound.</summary>
internal sealed class Distribution(double[] bounds) : Series
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public override void Record(double value)
    {
        var bucket = Array.BinarySearch(bounds, value);
        Interlocked.Increment(ref _counts[bucket < 0 ? ~bucket : bucket]);
        Add(ref _sum, value);
    }

    public override void Write(TextPage page, string name, Tags tags)
    {
        long count = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            count += Interlocked.Read(ref _counts[i]);
            page.Line(name + "_bucket", tags, i < bounds.Length ? TextPage.Number(bounds[i]) : "+Inf", count);
        }

        page.Line(name + "_sum", tags, null, Volatile.Read(ref _sum));
        page.Line(name + "_count", tags, null, count);
    }
}
