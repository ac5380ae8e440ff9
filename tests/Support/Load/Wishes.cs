using System.Diagnostics.CodeAnalysis;

namespace FoodDelivery.Tests.Support.Load;

/// <summary>Orders as hungry people place them, the same for the same seed.</summary>
public static class Wishes
{
    private static readonly string[] Dishes = ["chicken", "통닭", "pizza", "피자"];

    /// <param name="count">How many.</param>
    /// <param name="seed">Decides about all of them.</param>
    /// <param name="patient">The share of callers who ask again until they are answered.</param>
    /// <param name="occasion">Sets their keys apart from those of other loads with this seed.</param>
    [SuppressMessage("Security", "CA5394", Justification = "Hunger is no secret.")]
    public static IReadOnlyList<Wish> Of(int count, int seed, double patient = 1, string occasion = "")
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(number => new Wish(
                $"{occasion}{seed}-{number}",
                new
                {
                    item = Dishes[random.Next(Dishes.Length)],
                    qty = random.Next(1, 4),
                    address = $"서울시 중구 {number}번지 🏠",
                    customerId = $"customer-{random.Next(20)}",
                },
                random.NextDouble() < patient)),
        ];
    }
}
