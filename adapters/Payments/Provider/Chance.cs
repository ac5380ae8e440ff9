namespace FoodDelivery.Adapters.Payments.Provider;

/// <summary>What the simulator leaves to chance.</summary>
internal interface IChance
{
    /// <summary>The next number from 0 up to, but not including, 1.</summary>
    double Next();
}

/// <summary>The same numbers in the same order for the same seed.</summary>
internal sealed class SeededChance(int seed) : IChance
{
    private readonly Lock _drawing = new();
    private readonly Random _random = new(seed);

    public double Next()
    {
        lock (_drawing)
            return _random.NextDouble();
    }
}
