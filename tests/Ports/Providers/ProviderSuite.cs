using FoodDelivery.Kernel;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Tests.Ports.Providers;

/// <summary>What every payment provider's adapter promises, whatever goes wrong on the way.</summary>
public abstract class ProviderSuite : IAsyncLifetime
{
    private protected const string Kim = "kim";
    private protected static readonly OrderId Order = new(7);
    private protected static readonly Money Price = new(18_000);

    private protected IPaymentProvider Provider { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Provider = await Open();

        // What is made on first use is not made within a test's short time-outs.
        await Provider.Find(new OrderId(1), CancellationToken.None);
    }

    public abstract Task DisposeAsync();

    [SuiteFact]
    public async Task It_charges_and_tells()
    {
        Assert.Equal(new Charge(ChargeState.Approved, Price, ""), (await Approve()).Value);
        Assert.Equal(ChargeState.Approved, (await Find()).Value.State);
        Assert.Equal(Price.Won, (await Books()).Held);
    }

    [SuiteFact]
    public async Task However_often_and_at_once_it_is_asked_it_charges_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Approve()));

        Assert.All(answers, static answer => Assert.Equal(ChargeState.Approved, answer.Value.State));
        Assert.Equal(1, (await Books()).Charges);
    }

    [SuiteFact]
    public async Task Another_amount_for_the_same_order_is_a_conflict()
    {
        await Approve();

        var refusal = (await Provider.Approve(Order, new Money(1), Kim, "", CancellationToken.None)).Error!;

        Assert.Equal((ErrorKind.Conflict, "AMOUNT_DIFFERS", "18000"), (refusal.Kind, refusal.Reason, refusal.Expected));
        Assert.Equal(Price.Won, (await Books()).Held);
    }

    [SuiteFact]
    public async Task Its_books_tell_which_attempt_was_charged_and_answer_no_other()
    {
        Assert.Equal("first", (await Provider.Approve(Order, Price, Kim, "first", CancellationToken.None)).Value.Attempt);

        var refusal = (await Provider.Approve(Order, Price, Kim, "second", CancellationToken.None)).Error!;

        Assert.Equal((ErrorKind.Conflict, "PAYMENT_OF_ANOTHER_ATTEMPT"), (refusal.Kind, refusal.Reason));
        Assert.Equal("first", (await Find()).Value.Attempt);
        Assert.Equal(1, (await Books()).Charges);
        Assert.Equal("first", (await Refund()).Value.Attempt);
    }

    [SuiteFact]
    public async Task A_card_that_is_declined_is_declined_again_and_charged_nothing()
    {
        var much = new Money(1_000_001);

        var first = (await Provider.Approve(Order, much, Kim, "", CancellationToken.None)).Value;
        var second = (await Provider.Approve(Order, much, Kim, "", CancellationToken.None)).Value;

        Assert.Equal((ChargeState.Declined, much), (first.State, first.Amount));
        Assert.NotEmpty(first.Reason);
        Assert.Equal(first, second);
        Assert.Equal(0, (await Books()).Held);
    }

    [SuiteFact]
    public async Task It_gives_back_once_and_keeps_nothing()
    {
        await Approve();

        var refunds = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Refund()));

        Assert.All(refunds, static refund => Assert.Equal(ChargeState.Refunded, refund.Value.State));
        Assert.Equal(new ProviderBooks(Held: 0, Charges: 1, Refunds: 1), await Books());
        await Approve();
        Assert.Equal(new ProviderBooks(Held: 0, Charges: 1, Refunds: 1), await Books());
        Assert.Equal(ChargeState.Refunded, (await Find()).Value.State);
    }

    [SuiteFact]
    public async Task Of_an_order_that_it_never_saw_it_knows_nothing_and_gives_nothing_back()
    {
        Assert.Equal(Charge.None, (await Find()).Value);
        Assert.Equal(Charge.None, (await Refund()).Value);
    }

    [SuiteTheory]
    [InlineData(Trouble.FailsBefore)]
    [InlineData(Trouble.FailsAfter)]
    [InlineData(Trouble.Silent)]
    public async Task A_charge_in_trouble_is_clear_afterwards_and_never_doubled(Trouble trouble)
    {
        Suffer(trouble);
        var answer = await Approve();
        Suffer(Trouble.None);

        // Told as approved only if it is.
        Assert.True(answer.Error is { Kind: ErrorKind.Unavailable } || (await Books()).Held == Price.Won, $"{answer.Error}");
        var again = await Approve();
        var books = await Books();
        Assert.Equal(books.Held > 0, again.Error is null);
        Assert.Equal(books.Held > 0 ? ChargeState.Approved : ChargeState.None, (await Find()).Value.State);
        Assert.InRange(books.Charges, 0, 1);
    }

    [SuiteTheory]
    [InlineData(Trouble.FailsBefore)]
    [InlineData(Trouble.FailsAfter)]
    [InlineData(Trouble.Silent)]
    public async Task A_refund_in_trouble_is_finished_by_asking_again_and_never_doubled(Trouble trouble)
    {
        await Approve();

        Suffer(trouble);
        var answer = await Refund();
        Suffer(Trouble.None);

        Assert.True(answer.Error is { Kind: ErrorKind.Unavailable } || (await Books()).Held == 0, $"{answer.Error}");
        Assert.Equal(ChargeState.Refunded, (await Refund()).Value.State);
        Assert.Equal(new ProviderBooks(Held: 0, Charges: 1, Refunds: 1), await Books());
    }

    [SuiteFact]
    public async Task Nobody_waits_for_it_beyond_the_deadline()
    {
        Suffer(Trouble.Silent);

        Assert.All(
            await Task.WhenAll(Approve(), Refund(), Find()),
            static answer => Assert.Equal(ErrorKind.Unavailable, answer.Error?.Kind));
    }

    [SuiteFact]
    public async Task Its_books_are_listed_in_pages_and_looked_up()
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var order = 1; order <= 5; order++)
            await Provider.Approve(new OrderId(order), Price, Kim, "first", CancellationToken.None);
        await Provider.Refund(new OrderId(3), CancellationToken.None);

        var listed = new List<BookEntry>();
        var pages = 0;
        for (string? after = ""; after is not null; pages++)
        {
            var page = (await Books(now.AddDays(-1), now.AddDays(1), after)).Value;
            Assert.InRange(page.Entries.Count, 0, 2);
            listed.AddRange(page.Entries);
            after = page.Next;
        }

        Assert.InRange(pages, 3, 4);
        Assert.Equal([1, 2, 3, 4, 5], listed.Select(static entry => entry.Order.Value).Distinct().Order());
        Assert.Equal(ChargeState.Refunded, listed.Last(static entry => entry.Order.Value == 3).State);
        Assert.All(listed.Where(static entry => entry.Order.Value != 3), static entry => Assert.Equal(ChargeState.Approved, entry.State));
        Assert.Empty((await Books(now.AddDays(-2), now.AddDays(-1), "")).Value.Entries);
        Assert.Empty((await Books(now.AddDays(1), now.AddDays(2), "")).Value.Entries);

        var books = Running.Get<IProviderBooks>();
        var found = (await books.Look(new OrderId(3), CancellationToken.None)).Value;
        Assert.Equal((new Charge(ChargeState.Refunded, Price, "") { Attempt = "first" }, Money.Zero), (found.Charge, found.Returned));
        Assert.InRange(found.MadeAt, now.AddMinutes(-1), now.AddMinutes(1));
        Assert.Equal(BookedCharge.None, (await books.Look(new OrderId(6), CancellationToken.None)).Value);

        Suffer(Trouble.FailsBefore);
        Assert.Equal(ErrorKind.Unavailable, (await Books(now.AddDays(-1), now, "")).Error?.Kind);
        Assert.Equal(ErrorKind.Unavailable, (await books.Look(new OrderId(3), CancellationToken.None)).Error?.Kind);

        Task<Result<BooksPage>> Books(DateTimeOffset from, DateTimeOffset until, string after) =>
            Running.Get<IProviderBooks>().List(from, until, after, limit: 2, CancellationToken.None);
    }

    [SuiteFact]
    public async Task What_was_done_without_us_is_found_and_settled()
    {
        var (unknown, undone, known) = (new OrderId(1), new OrderId(2), new OrderId(3));
        await Provider.Approve(unknown, Price, Kim, "first", CancellationToken.None);
        foreach (var order in new[] { undone, known })
        {
            Assert.Null((await Running.Get<ApprovePaymentHandler>().Handle(
                new ApprovePayment(order, Price.Won, Kim, "first"), AccessScope.Everything, Cause(), CancellationToken.None)).Error);
        }

        await Provider.Refund(undone, CancellationToken.None);

        // The provider's times have seconds.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        Assert.Equal(
            [(unknown, DiscrepancyKind.UnknownCharge), (undone, DiscrepancyKind.UnknownRefund)],
            (await Compare()).Select(static found => (found.Order, found.Kind)).OrderBy(static found => found.Order.Value));
        await Running.Get<SettlePaymentHandler>().Handle(new SettlePayment(unknown), Cause(), CancellationToken.None);

        Assert.Equal(ChargeState.Refunded, (await Provider.Find(unknown, CancellationToken.None)).Value.State);
        Assert.Equal(
            [PaymentStatus.Refunded, PaymentStatus.Refunded, PaymentStatus.Approved],
            await Task.WhenAll(new[] { unknown, undone, known }.Select(async order => (await Running.Get<IPayments>().OfOrder(order, CancellationToken.None))!.Status)));
        Assert.Empty(await Compare());

        async Task<IReadOnlyList<Discrepancy>> Compare() => (await Running.Get<ReconcilePaymentsHandler>().Handle(
            new ReconcilePayments(TimeProvider.System.GetUtcNow().AddDays(-1), TimeSpan.Zero, ""), Cause(), CancellationToken.None)).Value.Found;

        MessageContext Cause() => MessageContext.Command(Guid.NewGuid().ToString());
    }

    private protected abstract PaymentStand Running { get; }

    private protected abstract Task<IPaymentProvider> Open();

    private protected abstract void Suffer(Trouble trouble);

    /// <summary>What the provider's own books say of the order.</summary>
    private protected abstract Task<ProviderBooks> Books();

    private protected Task<Result<Charge>> Approve() => Provider.Approve(Order, Price, Kim, "", CancellationToken.None);

    private protected Task<Result<Charge>> Refund() => Provider.Refund(Order, CancellationToken.None);

    private protected Task<Result<Charge>> Find() => Provider.Find(Order, CancellationToken.None);
}

/// <summary>What can happen to any provider.</summary>
public enum Trouble
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It fails, and has done nothing.</summary>
    FailsBefore,

    /// <summary>It fails, and has done it.</summary>
    FailsAfter,

    /// <summary>It does not answer.</summary>
    Silent,
}

/// <summary>What a provider's own books say of an order.</summary>
/// <param name="Held">How much it has taken and not given back, in won.</param>
/// <param name="Charges">How often it charged.</param>
/// <param name="Refunds">How often it gave money back.</param>
internal sealed record ProviderBooks(long Held, int Charges, int Refunds);
