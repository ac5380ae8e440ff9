using FoodDelivery.Kernel;
using FoodDelivery.Ordering;
using FsCheck;
using FsCheck.Fluent;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>Random walks over everything that may happen to an order, in any order and any number of times.</summary>
public sealed class OrderPropertyTests
{
    private static readonly Arbitrary<string[]> Walks = Gen.Elements(OrderModel.Happenings.Keys.ToArray()).ArrayOf().ToArbitrary();

    private static readonly Config ManyWalks = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void Every_status_is_a_legal_successor_of_the_one_before() => Always(static story =>
        story.Changes.Zip(story.Changes.Skip(1)).All(static pair => OrderModel.IsLegal(pair.First.Status, pair.Second.Status)));

    [Fact]
    public void Versions_have_no_gap() => Always(static story =>
        story.Changes.Select(static change => change.Version).SequenceEqual(Enumerable.Range(1, story.Changes.Count).Select(static version => (long)version)));

    [Fact]
    public void An_ended_order_moves_by_an_operators_refund_alone() => Always(static story =>
        story.Steps.Where(static step => step.Before.HasEnded && step.Name != "refund").All(static step => step.After == step.Before.Snapshot));

    [Fact]
    public void Money_goes_back_at_most_once_and_only_for_an_order_that_was_undone() => Always(static story =>
        story.Changes.Count(static change => change.Status == OrderStatus.Refunded) <= 1
        && story.Events.Count(static happened => happened is OrderRejected or OrderCancelled) <= 1);

    [Fact]
    public void A_happening_that_comes_twice_changes_nothing_the_second_time() => Always(static story =>
        story.Steps.All(static step =>
        {
            var twice = Order.Load(step.After);
            OrderModel.Happenings[step.Name](twice);
            return twice.Snapshot == step.After;
        }));

    [Fact]
    public void A_cancellation_that_is_asked_for_settles_with_the_stores_word() => Always(static story =>
        story.Steps.Where(static step => step.Before.Status == OrderStatus.CancelRequested && step.Name is "grant" or "decline" or "reject").All(static step =>
            Order.Load(step.After).Status is not OrderStatus.CancelRequested));

    [Fact]
    public void Progress_made_while_the_store_thinks_is_shown_after_it_declined() => Always(static story =>
        story.Steps.Where(static step => step is { Name: "decline", Before.Status: OrderStatus.CancelRequested }).All(static step =>
            step.Raised is [OrderStatusChanged { Status: OrderStatus.CancelDeclined }, OrderStatusChanged { Status: var shown }]
            && shown == Order.Load(step.Before.Snapshot with { Cancellation = Cancellation.None }).Status));

    [Fact]
    public void What_is_saved_comes_back_the_same() => Always(static story =>
        story.Steps.All(static step => Order.Load(step.After).Snapshot == step.After));

    private static void Always(Func<Story, bool> holds) => Check.One(ManyWalks, Prop.ForAll(Walks, walk => holds(Story.Of(walk))));

    private sealed record Step(string Name, Order Before, OrderSnapshot After, IReadOnlyList<IDomainEvent> Raised);

    private sealed record Story(IReadOnlyList<Step> Steps, IReadOnlyList<IDomainEvent> Events)
    {
        public IReadOnlyList<OrderStatusChanged> Changes => [.. Events.OfType<OrderStatusChanged>()];

        public static Story Of(IEnumerable<string> walk)
        {
            var placed = Given.AnAttempt().Place(paymentId: 7, Given.Noon);
            var snapshot = placed.Snapshot;
            var steps = new List<Step>();
            foreach (var name in walk)
            {
                var order = Order.Load(snapshot);
                OrderModel.Happenings[name](order);
                steps.Add(new Step(name, Order.Load(snapshot), order.Snapshot, order.Raised));
                snapshot = order.Snapshot;
            }

            return new Story(steps, [.. placed.Raised, .. steps.SelectMany(static step => step.Raised)]);
        }
    }
}
