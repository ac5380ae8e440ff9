using FoodDelivery.Kernel;
using FoodDelivery.Payments;
using FsCheck;
using FsCheck.Fluent;

namespace FoodDelivery.Tests.Domain.Payments;

/// <summary>Random walks: approvals, refunds, events and the worker at once, with processes that die and a provider that is unclear.</summary>
public sealed class InterleavingTests
{
    private static readonly Config Walks = Config.QuickThrowOnFailure.WithMaxTest(3_000).WithStartSize(5).WithEndSize(150);

    [Fact]
    public void However_they_interleave_the_books_agree_in_the_end_and_nobody_pays_for_nothing() =>
        Prop.ForAll<byte[]>(static script => new Walk(script).Run()).Check(Walks);

    private sealed class Walk(byte[] script)
    {
        private readonly Till _till = new();
        private readonly List<Payment> _told = [];
        private int _line;
        private readonly HashSet<string> _handled = [];
        private bool _givenUp;
        private bool _refundDecided;

        public bool Run()
        {
            _till.Bank.Declines = Read() % 8 == 1;
            var acts = Enumerable.Range(0, 2 + (Read() % 6)).Select(_ => Act(Read())).ToList();
            _till.Stage.Play(script[Math.Min(_line, script.Length)..], acts);

            // What was cut short is repeated, as the callers and the log do.
            Recover().GetAwaiter().GetResult();
            Judge();
            return true;
        }

        private Func<Task> Act(int choice) => (choice % 8) switch
        {
            0 or 1 or 2 => Approve,
            3 => () => GiveUp("abandoned"),
            4 => () => GiveUp("cancelled"),
            5 => Refund,
            _ => _till.Settle,
        };

        private async Task Approve()
        {
            if (!(await _till.Approve()).IsError(out _, out var payment))
                _told.Add(payment);
        }

        private async Task GiveUp(string name)
        {
            _givenUp = true;
            await _till.Abandon(name);
            _handled.Add(name);
        }

        private async Task Refund()
        {
            var refund = await _till.Refund();
            _refundDecided |= refund.Error is null;
        }

        private async Task Recover()
        {
            // Nobody was told that it is paid, so it is no order: it is given up in the end. An event comes again until it is handled.
            if ((_givenUp || _told.Count == 0) && _handled.Count == 0)
                await GiveUp("abandoned");

            await _till.SettleForLong();
        }

        private void Judge()
        {
            _till.BooksAgree();
            _refundDecided |= _till.Published<PaymentRefunded>() > 0;
            if (_givenUp)
                Assert.Equal(Money.Zero, _till.Held);
            else
                Assert.Equal(_refundDecided || _told[0].Status is PaymentStatus.Declined ? 0 : Till.Price, _till.Held.Won);

            var outcome = _till.Bank.Declines ? PaymentStatus.Declined : PaymentStatus.Approved;
            Assert.All(_told, payment => Assert.Equal((_told[0].Id, outcome), (payment.Id, payment.Status)));
        }

        private int Read() => _line < script.Length ? script[_line++] : 0;
    }
}
