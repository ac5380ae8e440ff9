using FoodDelivery.Platform.Hosting.Limits;

namespace FoodDelivery.Tests.Contract.Hosting;

/// <summary>How many requests a server lets in, by a clock that the test moves: each waits for its turn here, and then for half a second for a payment.</summary>
public sealed class AdaptiveConcurrencyLimiterTests
{
    [Fact]
    public void A_sudden_tenfold_load_leaves_those_who_are_let_in_as_fast_as_ever_and_the_server_busy()
    {
        var server = new Server(capacity: 300);
        server.Serve(seconds: 5, perSecond: 100);
        var calm = server.Percentile(0.99);
        Assert.Equal(0, server.Refused);

        server.Serve(seconds: 20, perSecond: 1_000);

        Assert.InRange(server.Percentile(0.99), calm, 3 * calm);
        Assert.InRange(server.Answered / 20.0, 0.75 * 300, 300);
    }

    [Fact]
    public void A_server_that_can_do_it_lets_everybody_in_after_a_few_seconds()
    {
        var server = new Server(capacity: 5_000);
        server.Serve(seconds: 5, perSecond: 1_000);

        server.Serve(seconds: 5, perSecond: 1_000);

        Assert.Equal(0, server.Refused);
    }

    [Fact]
    public void What_it_let_in_before_it_lets_in_no_more_once_it_can_do_less()
    {
        var server = new Server(capacity: 5_000);
        server.Serve(seconds: 5, perSecond: 800);
        var before = server.Bound.Limit;

        server.Capacity = 200;
        server.Serve(seconds: 5, perSecond: 800);

        Assert.InRange(before, 400, Server.Most);
        Assert.Equal(Server.Least, server.Bound.Limit);
    }

    [Fact]
    public void A_partner_who_becomes_slow_is_no_overload()
    {
        var server = new Server(capacity: 5_000);
        server.Serve(seconds: 5, perSecond: 500);
        var before = server.Bound.Limit;

        server.Outside = TimeSpan.FromSeconds(2);
        server.Serve(seconds: 5, perSecond: 500);

        Assert.InRange(server.Bound.Limit, before, Server.Most);
    }

    [Fact]
    public void A_hundred_users_without_a_pause_are_served_however_slow_it_is()
    {
        var server = new Server(capacity: 20);

        server.ServeUsers(seconds: 20, users: 100);

        Assert.Equal(0, server.Refused);
    }

    [Fact]
    public void What_it_could_do_once_is_forgotten_when_it_is_asked_little()
    {
        var server = new Server(capacity: 5_000);
        server.Serve(seconds: 5, perSecond: 1_000);
        Assert.InRange(server.Bound.Limit, 400, Server.Most);

        server.Serve(seconds: 10, perSecond: 20);

        Assert.Equal(Server.Least, server.Bound.Limit);
    }

    private sealed class Server
    {
        public const int Least = 128;
        public const int Most = 1_024;

        private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

        private readonly Clock _clock = new();
        private readonly LatencyBaseline _usual = new();
        private readonly Queue<TimeSpan> _waiting = new();
        private readonly PriorityQueue<TimeSpan, TimeSpan> _outside = new();
        private readonly List<double> _took = [];
        private double _work;

        public Server(double capacity)
        {
            Capacity = capacity;
            Bound = new AdaptiveConcurrencyLimiter(
                new AdaptiveConcurrencyOptions(Least, Most, TimeSpan.FromMilliseconds(10)), () => TimeSpan.FromSeconds(_waiting.Count / Capacity), _clock);
        }

        public AdaptiveConcurrencyLimiter Bound { get; }

        public double Capacity { get; set; }

        public TimeSpan Outside { get; set; } = TimeSpan.FromSeconds(0.5);

        public int Refused { get; private set; }

        public int Answered => _took.Count;

        public double Percentile(double share)
        {
            var sorted = _took.Order().ToList();
            return sorted[(int)(share * (sorted.Count - 1))];
        }

        public void Serve(double seconds, double perSecond)
        {
            var due = 0.0;
            Run(seconds, () =>
            {
                for (due += perSecond * Step.TotalSeconds; due >= 1; due--)
                    Ask();
            });
        }

        public void ServeUsers(double seconds, int users) => Run(seconds, () =>
        {
            while (_waiting.Count + _outside.Count < users && Ask())
            {
            }
        });

        private void Run(double seconds, Action ask)
        {
            _took.Clear();
            Refused = 0;
            for (var end = _clock.Now + TimeSpan.FromSeconds(seconds); _clock.Now < end; _clock.Now += Step)
            {
                ask();
                for (_work = Math.Min(_work + (Capacity * Step.TotalSeconds), Math.Max(1, _waiting.Count)); _work >= 1 && _waiting.TryDequeue(out var began); _work--)
                    _outside.Enqueue(began, _clock.Now + Outside);
                while (_outside.TryPeek(out var began, out var ends) && ends <= _clock.Now)
                {
                    _outside.Dequeue();
                    _took.Add((_clock.Now - began).TotalSeconds);
                    Bound.Leave(_clock.Now - began, _usual);
                }
            }
        }

        private bool Ask()
        {
            if (!Bound.TryEnter())
            {
                Refused++;
                return false;
            }

            _waiting.Enqueue(_clock.Now);
            return true;
        }
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long GetTimestamp() => Now.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}
