namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>Chance that can be repeated.</summary>
/// <param name="seed">The same seed, the same throws.</param>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>From 0 to one less than <paramref name="sides"/>.</summary>
    public int Roll(int sides) => _random.Next(sides);

    public bool Once(int inHowMany) => Roll(inHowMany) == 0;

    public T Pick<T>(params IReadOnlyList<T> options) => options[Roll(options.Count)];

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
