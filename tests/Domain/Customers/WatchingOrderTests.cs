using FoodDelivery.Customers;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Domain.Customers.Doubles;
using FsCheck;
using FsCheck.Fluent;
using static FoodDelivery.Tests.Domain.Customers.Given;

namespace FoodDelivery.Tests.Domain.Customers;

public sealed class WatchingOrderTests
{
    private readonly InMemoryStatuses _statuses = new();
    private readonly ForgetfulFeed _feed = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task The_current_state_comes_first_and_then_each_change()
    {
        await Happen(History(Delivery)[..2]);
        await using var watch = Watch();

        Assert.Equal(2, (await watch.Next()).Version);
        await Happen(History(Delivery)[2..]);
        Assert.Equal([3, 4, 5], await watch.Rest());
    }

    [Fact]
    public async Task An_unknown_order_is_waited_for_and_then_told_from_its_beginning()
    {
        await using var watch = Watch();
        var first = watch.Next();
        await Eventually(() => _statuses.Reads == 1);

        await Happen(History(Delivery));

        Assert.Equal(1, (await first).Version);
        Assert.Equal([2, 3, 4, 5], await watch.Rest());
    }

    [Fact]
    public async Task Watching_resumes_after_the_version_seen_last()
    {
        await Happen(History(Delivery)[..3]);
        await using var watch = Watch(after: 1);

        Assert.Equal(2, (await watch.Next()).Version);
        await Happen(History(Delivery)[3..]);
        Assert.Equal([3, 4, 5], await watch.Rest());
    }

    [Fact]
    public async Task Watching_an_order_whose_end_was_seen_ends_at_once()
    {
        await Happen(History(Delivery));
        await using var watch = Watch(after: 5);

        Assert.Empty(await watch.Rest());
    }

    [Fact]
    public async Task A_refund_after_the_delivery_is_told_to_who_resumes()
    {
        await Happen(History([.. Delivery, OrderStatus.OrderCancel, OrderStatus.Refunded]));
        await using var watch = Watch(after: 3);

        Assert.Equal([4, 5, 6, 7], await watch.Rest());
    }

    [Fact]
    public async Task A_change_between_reading_and_waiting_is_not_missed()
    {
        await Happen(History(Delivery)[..1]);
        var meanwhile = new Queue<OrderStatusChanged>(History(Delivery)[1..]);
        _statuses.AfterFind = async () =>
        {
            if (meanwhile.TryDequeue(out var changed))
                await Happen(changed);
        };
        await using var watch = Watch();

        Assert.Equal(1, (await watch.Next()).Version);
        Assert.Equal(2, (await watch.Next()).Version);
        await Happen([.. meanwhile]);
        Assert.Equal([3, 4, 5], await watch.Rest());
    }

    [Fact]
    public async Task A_slow_reader_catches_up_from_the_store()
    {
        var cancelDeclinedManyTimes = Enumerable.Range(0, 50).SelectMany(static _ => new[] { OrderStatus.CancelRequested, OrderStatus.CancelDeclined });
        var history = History([OrderStatus.PaySuccess, .. cancelDeclinedManyTimes, OrderStatus.OrderRejected, OrderStatus.Refunded]);
        await Happen(history[0]);
        await using var watch = Watch();
        await watch.Next();

        await Happen(history[1..]);

        Assert.Equal(Enumerable.Range(2, 102).Select(static version => (long)version), await watch.Rest());
    }

    [Fact]
    public async Task What_the_feed_has_lost_is_read_after_a_silence()
    {
        await Happen(History(Delivery)[..1]);
        await using var watch = Watch();
        await watch.Next();
        _feed.Loses = static _ => true;
        var next = watch.Next();
        await Eventually(() => _time.Waiting > 0);

        await Happen(History(Delivery)[1]);
        Assert.False(next.IsCompleted);
        _time.Advance(WatchOrderHandler.Silence);

        Assert.Equal(2, (await next).Version);
    }

    [Fact]
    public async Task Changes_that_overtake_each_other_in_the_feed_are_told_in_order()
    {
        var history = History(Delivery);
        await Happen(history[0]);
        await using var watch = Watch();
        await watch.Next();
        var rest = watch.Rest();
        await Eventually(() => _time.Waiting > 0);

        foreach (var changed in history[1..])
            await _statuses.Apply(changed, CancellationToken.None);
        foreach (var changed in history[1..].Reverse())
            await _feed.Publish(Order, changed.Change, CancellationToken.None);

        Assert.Equal([2, 3, 4, 5], await rest);
    }

    [Fact]
    public void Whatever_is_repeated_or_lost_on_the_way_each_change_is_told_once_and_in_order()
    {
        var troubles = Gen.Choose(0, 3).ListOf(5).ToArbitrary();

        Prop.ForAll(troubles, trouble => Told(trouble).WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult().SequenceEqual([1, 2, 3, 4, 5]))
            .QuickCheckThrowOnFailure();
    }

    /// <summary>What is told when of the changes each is published 0 to 3 times.</summary>
    private static async Task<IEnumerable<long>> Told(IReadOnlyList<int> publications)
    {
        var test = new WatchingOrderTests();
        await using var watch = test.Watch();
        var told = watch.Rest();
        foreach (var (changed, times) in History(Delivery).Zip(publications))
        {
            await test._statuses.Apply(changed, CancellationToken.None);
            for (var time = 0; time < times; time++)
                await test._feed.Publish(Order, changed.Change, CancellationToken.None);
        }

        await Eventually(() =>
        {
            test._time.Advance(WatchOrderHandler.Silence);
            return told.IsCompleted;
        });
        return await told;
    }

    [Fact]
    public async Task Who_ends_watching_is_forgotten()
    {
        await Happen(History(Delivery)[..1]);
        var watch = Watch();
        await watch.Next();
        Assert.Equal(1, _feed.Watchers);

        await watch.DisposeAsync();

        Assert.Equal(0, _feed.Watchers);
    }

    [Fact]
    public async Task The_store_is_asked_once_for_all_watchers_and_not_at_all_while_there_are_none()
    {
        await Happen(History(Delivery)[..1]);
        var handler = Handler;
        var watches = Enumerable.Range(0, 50)
            .Select(_ => new Watcher(handler.Handle(new WatchOrder(Order, null), AccessScope.Everything, default).GetAwaiter().GetResult().Value, default)).ToList();
        var rest = await Task.WhenAll(watches.Select(static async watch =>
        {
            await watch.Next();
            return watch.Next();
        }));
        var reads = _statuses.Reads;

        for (var look = 1; look <= 3; look++)
        {
            await Eventually(() => _time.Waiting > 0);
            _time.Advance(WatchOrderHandler.Silence);
            await Eventually(() => _statuses.Looks == look);
        }

        Assert.Equal(reads, _statuses.Reads);
        await Happen(History(Delivery)[1..]);
        await Task.WhenAll(rest);
        foreach (var watch in watches)
            await watch.Rest();

        await Eventually(() => _time.Waiting > 0);
        _time.Advance(WatchOrderHandler.Silence);
        await Eventually(() => _time.Waiting == 0);
        _time.Advance(WatchOrderHandler.Silence);
        Assert.Equal(3, _statuses.Looks);
    }

    [Fact]
    public async Task Cancelling_ends_the_waiting()
    {
        using var stop = new CancellationTokenSource();
        await using var watch = Watch(cancellation: stop.Token);
        var next = watch.Next();
        await Eventually(() => _time.Waiting > 0);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Theory]
    [InlineData(0, null, "orderId")]
    [InlineData(-1, null, "orderId")]
    [InlineData(7, -1L, "afterVersion")]
    public async Task Senseless_questions_are_refused(long order, long? after, string field)
    {
        var refused = await Handler.Handle(new WatchOrder(new(order), after), AccessScope.Everything, CancellationToken.None);

        Assert.Equal(field, refused.Error?.Field);
    }

    [Theory]
    [InlineData(1, 2, "1")]
    [InlineData(5, 99, "5")]
    [InlineData(0, 1, "0")]
    public async Task A_version_that_there_is_not_yet_is_refused_with_the_newest(int happened, long after, string newest)
    {
        await Happen(History(Delivery)[..happened]);

        var refused = (await Handler.Handle(new WatchOrder(new(7), after), AccessScope.Everything, CancellationToken.None)).Error;

        Assert.Equal((ErrorKind.OutOfRange, "afterVersion", newest), (refused?.Kind, refused?.Field, refused?.Expected));
    }

    private async Task Happen(params OrderStatusChanged[] changes)
    {
        foreach (var changed in changes)
            await new OrderStatusChangedHandler(_statuses, _feed).Handle(changed, AnyCause, CancellationToken.None);
    }

    [Theory]
    [InlineData("kim")]
    [InlineData("lee")]
    public async Task Anothers_order_is_waited_for_as_long_as_one_that_is_not_there(string customer)
    {
        if (customer == "kim")
            await Happen(History(Delivery)[..1]);
        var asked = Handler.Handle(new WatchOrder(Order, null), AccessScope.OfCustomer("lee"), CancellationToken.None);
        for (var waited = TimeSpan.Zero; waited <= WatchOrderHandler.Silence; waited += TimeSpan.FromMilliseconds(200))
        {
            await Eventually(() => _time.Waiting > 0);
            Assert.False(asked.IsCompleted);
            _time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal(ErrorKind.NotFound, (await asked).Error?.Kind);
    }

    [Fact]
    public async Task A_customer_may_watch_its_order_before_the_view_knows_it()
    {
        var asked = Handler.Handle(new WatchOrder(Order, null), AccessScope.OfCustomer("kim"), CancellationToken.None);
        await Eventually(() => _time.Waiting > 0);
        await Happen(History(Delivery));
        _time.Advance(TimeSpan.FromMilliseconds(200));

        await using var watch = new Watcher((await asked).Value, CancellationToken.None);
        Assert.Equal(5, (await watch.Next()).Version);
    }

    private WatchOrderHandler Handler => new(_statuses, _feed, _time);

    private Watcher Watch(long? after = null, CancellationToken cancellation = default) =>
        new(Handler.Handle(new WatchOrder(Order, after), AccessScope.Everything, cancellation).GetAwaiter().GetResult().Value, cancellation);

    private static async Task Eventually(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 1000, "It has not come true within ten seconds.");
            await Task.Delay(10);
        }
    }

    private sealed class Watcher(WatchedOrder watched, CancellationToken cancellation) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<StatusChange> _changes = watched.Changes.GetAsyncEnumerator(cancellation);

        public async Task<StatusChange> Next()
        {
            Assert.True(await _changes.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
            return _changes.Current;
        }

        public async Task<List<long>> Rest()
        {
            var versions = new List<long>();
            while (await _changes.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)))
                versions.Add(_changes.Current.Version);
            return versions;
        }

        public ValueTask DisposeAsync() => _changes.DisposeAsync();
    }
}
