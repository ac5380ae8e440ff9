using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>A member's points as REST answers them.</summary>
/// <param name="MembershipNumber">Whose.</param>
/// <param name="Points">How many there are.</param>
/// <param name="History">Where they come from and went to, newest first.</param>
/// <param name="Page">Which part of the history this is.</param>
internal sealed record PointsAnswer(string MembershipNumber, long Points, IReadOnlyList<PointsChangeAnswer> History, HistoryPage Page)
{
    public static HalResource Resource(PointsAccount account, Paging paging) => Hal.Resource(
        new PointsAnswer(
            account.Member.Digits,
            account.Points,
            [.. account.History.Items.Select(PointsChangeAnswer.Of)],
            new HistoryPage(paging.Size, account.History.Total, (account.History.Total + paging.Size - 1) / paging.Size, paging.Number)),
        $"/members/{account.Member}/points",
        "points");
}

/// <summary>One change.</summary>
/// <param name="OrderId">The order that it is because of.</param>
/// <param name="Change"><c>earned</c> or <c>taken_back</c>.</param>
/// <param name="Points">How many more there are; fewer if negative.</param>
/// <param name="At">When the order came there.</param>
internal sealed record PointsChangeAnswer(long OrderId, PointsChangeKind Change, long Points, DateTimeOffset At)
{
    public static PointsChangeAnswer Of(PointsChange change) => new(change.Order.Value, change.Kind, change.Points, change.At);
}

/// <summary>A part of a history, by its number from 0.</summary>
internal sealed record HistoryPage(int Size, long TotalElements, long TotalPages, int Number);
