using FoodDelivery.Customers;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Ports.OrderStatuses;

/// <summary>
/// Ways in which an order's changes can arrive: each sequence of up to three out of five changes, and all five in any order. Among them are gaps,
/// repetitions, late changes, changes after a final one, and another change under a version that is known.
/// </summary>
internal static class MergeCases
{
    private static readonly (long Version, OrderStatus Status)[] Changes =
        [(1, OrderStatus.PaySuccess), (2, OrderStatus.CancelRequested), (2, OrderStatus.OrderReceived), (3, OrderStatus.Delivered), (4, OrderStatus.Refunded)];

    /// <summary>All of them; each is about an order of its own, numbered from 1.</summary>
    public static IReadOnlyList<IReadOnlyList<OrderStatusChanged>> All { get; } =
    [
        .. Sequences(1).Concat(Sequences(2)).Concat(Sequences(3)).Concat(Permutations([0, 1, 2, 3, 4]))
            .Select(static (sequence, index) => (IReadOnlyList<OrderStatusChanged>)[.. sequence.Select(change => Changed(index + 1, change))]),
    ];

    /// <summary>What the view's rule makes of a case.</summary>
    public static OrderStatusView Merged(IReadOnlyList<OrderStatusChanged> changes) =>
        changes.Skip(1).Aggregate(OrderStatusView.Of(changes[0]), static (view, changed) => view.After(changed));

    // Whatever a change brings differs from what any other brings.
    private static OrderStatusChanged Changed(long order, int change) => new(
        new OrderId(order),
        new StatusChange(
            Changes[change].Version, Changes[change].Status, $"이유 {change}", DateTimeOffset.FromUnixTimeMilliseconds(1_782_907_200_000 + change)),
        new StoreId(change + 1),
        change == 0 ? "" : $"customer {change}",
        [new($"dish {change}", change + 1, new Money(1_000 * change), change)],
        new Money(100 * change),
        PaymentId: change);

    private static IEnumerable<int[]> Sequences(int length) => length == 0
        ? [[]]
        : Sequences(length - 1).SelectMany(static before => Enumerable.Range(0, Changes.Length).Select(change => before.Append(change).ToArray()));

    private static IEnumerable<int[]> Permutations(int[] of) => of.Length == 0
        ? [[]]
        : of.SelectMany(first => Permutations([.. of.Where(other => other != first)]).Select(rest => rest.Prepend(first).ToArray()));
}

/// <summary>The rule itself: the newest change tells where the order is, and of each version the first one that came is in the history.</summary>
public sealed class MergeCasesTests
{
    [Fact]
    public void The_domain_merges_each_case_as_the_rule_says() => Assert.All(MergeCases.All, static changes =>
    {
        var newest = changes.Aggregate(static (best, changed) => changed.Change.Version > best.Change.Version ? changed : best);
        StatusChange[] history = [.. changes.DistinctBy(static changed => changed.Change.Version).Select(static changed => changed.Change).OrderBy(static change => change.Version)];

        var view = MergeCases.Merged(changes);

        Assert.Equal(history, view.History);
        Assert.Equal(OrderStatusView.Of(newest) with { History = view.History }, view);
    });
}
