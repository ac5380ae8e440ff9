using System.Text.RegularExpressions;
using FoodDelivery.Stores;
using FsCheck;
using FsCheck.Fluent;

namespace FoodDelivery.Tests.Domain.Stores;

/// <summary>What holds for a ticket whatever is done to it, in whatever order.</summary>
public sealed partial class TicketProperties
{
    private static readonly Arbitrary<Walk> Walks = (
        from kind in Gen.Elements(Enum.GetValues<StoreKind>())
        from rule in Gen.Elements(Enum.GetValues<CancellationRule>())
        from steps in Gen.Frequency(Weights()).ListOf()
        select new Walk(kind, rule, [.. steps])).ToArbitrary();

    [Fact]
    public void Only_legal_sequences_happen() => Holds(static async walk =>
        Assert.Matches(Legal(), string.Join(' ', (await walk.Through()).Statuses)));

    [Fact]
    public void A_store_that_does_not_deliver_never_does() => Holds(static async walk =>
        Assert.True(walk.Kind == StoreKind.Restaurant || !(await walk.Through()).Statuses.Contains(TicketStatus.Delivering)));

    [Fact]
    public void Versions_have_no_gap() => Holds(static async walk =>
    {
        var kitchen = await walk.Through();
        var versions = kitchen.Moves.Select(static move => move.Version).ToList();
        Assert.Equal(Enumerable.Range(1, versions.Count).Select(static number => (long)number), versions);
        Assert.Equal(versions.Count, (await kitchen.Ticket())!.Version);
    });

    [Fact]
    public void An_ended_ticket_never_moves_again() => Holds(static async walk =>
        Assert.DoesNotContain((await walk.Through()).Statuses.SkipLast(1), static status => status.IsFinal()));

    [Fact]
    public void A_repeated_arrival_changes_nothing() => Holds(static async walk =>
    {
        var (once, again) = (await walk.Through(), new Walk(walk.Kind, walk.Rule, [.. walk.Steps.SelectMany(static step => new[] { Step.Place, step })]));
        Assert.Equal(once.Statuses, (await again.Through()).Statuses);
    });

    [Fact]
    public void Every_request_to_cancel_is_answered_once_or_came_after_the_cancellation() => Holds(static async walk =>
    {
        var kitchen = await walk.Through();
        var asked = walk.Steps.Count(static step => step == Step.AskToCancel);
        var gaveWay = kitchen.Moves.Count(static move => move is { Status: TicketStatus.Cancelled, Reason: "too long" });
        Assert.InRange(kitchen.Declined.Count() + gaveWay, asked == 0 ? 0 : 1 - kitchen.Moves.Count(static move => move.Status == TicketStatus.Cancelled), asked);
    });

    [Fact]
    public void Two_commands_at_once_end_as_if_one_had_come_first() => Holds(static async walk =>
    {
        if (walk.Steps is not [.. var before, var first, var second])
            return;

        var start = walk with { Steps = before };
        var together = await start.Through();
        together.Tickets.BeforeNextSave = () => together.When(second);
        await together.When(first);
        together.Tickets.BeforeNextSave = null;

        var oneWay = await (start with { Steps = [.. before, second, first] }).Through();
        var alone = await (start with { Steps = [.. before, first] }).Through();
        var story = Story(together);
        Assert.True(string.Equals(story, Story(oneWay), StringComparison.Ordinal) || string.Equals(story, Story(alone), StringComparison.Ordinal), story);
    });

    private static string Story(Kitchen kitchen) => string.Join(' ', kitchen.Tickets.Published.Select(static happened => happened switch
    {
        TicketStatusChanged moved => $"{moved.Status}{moved.Version}",
        CancellationDeclined declined => $"declined({declined.Reason})",
        _ => happened.ToString()!,
    }));

    private static void Holds(Func<Walk, Task> property) =>
        Prop.ForAll(Walks, walk => property(walk).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    // The owner's way forward is likelier, so that long lives are walked too.
    private static (int Weight, Gen<Step> Step)[] Weights() =>
        [.. Enum.GetValues<Step>().Select(static step => (step is Step.Reject or Step.AskToCancel or Step.Cancel or Step.Place ? 1 : 6, Gen.Constant(step)))];

    [GeneratedRegex("^Opened( Rejected| Cancelled| Accepted( Cancelled| Cooking( Cancelled| Cooked( Cancelled| PickedUp| Delivering( Cancelled| Delivered)?)?)?)?)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Legal();

    /// <summary>An order's arrival and then whatever.</summary>
    public sealed record Walk(StoreKind Kind, CancellationRule Rule, Step[] Steps)
    {
        internal async Task<Kitchen> Through()
        {
            var kitchen = Kitchen.With(Kind, Rule);
            await kitchen.When(Step.Place);
            foreach (var step in Steps)
                await kitchen.When(step);

            return kitchen;
        }

        public override string ToString() => $"{Kind}, {Rule}: {string.Join(", ", Steps)}";
    }
}
