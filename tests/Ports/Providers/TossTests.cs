using FoodDelivery.Adapters.Payments.Provider.Toss;
using FoodDelivery.Kernel;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Tests.Ports.Postgres;
using FoodDelivery.Tests.Support.Toss;

namespace FoodDelivery.Tests.Ports.Providers;

/// <summary>Toss Payments, against a server that behaves as it is documented, and worse.</summary>
public sealed class TossTests : ProviderSuite
{
    internal const string BillingKey = "billing_kims_card_0001";
    private TossStub _toss = null!;
    private PaymentStand _stand = null!;

    public override async Task DisposeAsync()
    {
        await _stand.DisposeAsync();
        await _toss.DisposeAsync();
    }

    [SuiteTheory]
    [InlineData(TossFault.ErrorBefore, false)]
    [InlineData(TossFault.ErrorAfter, true)]
    [InlineData(TossFault.SilenceBefore, false)]
    [InlineData(TossFault.SilenceAfter, true)]
    [InlineData(TossFault.ResetBefore, false)]
    [InlineData(TossFault.ResetAfter, true)]
    [InlineData(TossFault.Garbled, true)]
    [InlineData(TossFault.TooMany, false)]
    public async Task An_unclear_charge_is_looked_up_and_told_as_it_is(TossFault fault, bool charged)
    {
        _toss.Fault = request => request.StartsWith("POST", StringComparison.Ordinal) ? fault : TossFault.None;

        var answer = await Approve();

        Assert.Equal(charged, answer.Error is null);
        Assert.True(charged || answer.Error is { Kind: ErrorKind.Unavailable });
        Assert.Equal(new ProviderBooks(charged ? Price.Won : 0, charged ? 1 : 0, Refunds: 0), await Books());
    }

    [SuiteTheory]
    [InlineData(TossFault.ErrorBefore, false)]
    [InlineData(TossFault.ErrorAfter, true)]
    [InlineData(TossFault.SilenceBefore, false)]
    [InlineData(TossFault.SilenceAfter, true)]
    [InlineData(TossFault.ResetBefore, false)]
    [InlineData(TossFault.ResetAfter, true)]
    [InlineData(TossFault.Garbled, true)]
    [InlineData(TossFault.TooMany, false)]
    public async Task An_unclear_refund_is_looked_up_and_finished_once(TossFault fault, bool refunded)
    {
        await Approve();
        _toss.Fault = request => request.StartsWith("POST", StringComparison.Ordinal) ? fault : TossFault.None;

        var answer = (await Refund()).Value;
        Assert.Equal(refunded ? ChargeState.Refunded : ChargeState.Approved, answer.State);

        // The key of the first request remembers its error for days.
        _toss.Fault = static _ => TossFault.None;
        Assert.Equal(ChargeState.Refunded, (await Refund()).Value.State);
        Assert.Equal(new ProviderBooks(Held: 0, Charges: 1, Refunds: 1), await Books());
    }

    [SuiteFact]
    public async Task A_second_try_while_the_first_is_still_processed_gets_its_outcome()
    {
        var processed = new TaskCompletionSource();
        _toss.Processing = processed.Task;
        using var hangsUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Provider.Approve(Order, Price, Kim, "", hangsUp.Token));

        var second = Approve();
        await Task.Delay(TimeSpan.FromMilliseconds(50));
        processed.SetResult();

        Assert.Equal(ChargeState.Approved, (await second).Value.State);
        Assert.Equal(new ProviderBooks(Price.Won, Charges: 1, Refunds: 0), await Books());
    }

    [SuiteFact]
    public async Task A_customer_without_a_card_is_declined_and_nobody_is_charged()
    {
        var answer = (await Provider.Approve(Order, Price, "lee", "", CancellationToken.None)).Value;

        Assert.Equal((ChargeState.Declined, "The customer has registered no card."), (answer.State, answer.Reason));
        Assert.DoesNotContain(_toss.Requests, static request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [SuiteFact]
    public async Task A_code_that_nobody_knows_is_the_customers_until_it_hits_several()
    {
        var cards = _stand.Get<ICards>();
        foreach (var name in new[] { "lee", "park", "choi", "jung" })
        {
            Assert.Null((await cards.Register(new RegisterCard(name, $"{name}-0001", $"auth_{name}"), CancellationToken.None)).Error);
            _toss.Books.Refuse($"{name}-0001", "NEW_CODE_OF_TOMORROW");
        }

        for (var order = 1; order <= 5; order++)
            Assert.Equal(ChargeState.Declined, (await Charged("lee", order)).Value.State);
        Assert.Equal(ChargeState.Declined, (await Charged("park", 6)).Value.State);
        Assert.Equal(ErrorKind.Unavailable, (await Charged("choi", 7)).Error?.Kind);
        Assert.Equal(ErrorKind.Unavailable, (await Charged("jung", 8)).Error?.Kind);
        Assert.Equal(ErrorKind.Unavailable, (await Charged("lee", 9)).Error?.Kind);

        _toss.Books.Refuse("jung-0001", "REJECT_CARD_PAYMENT");
        Assert.Equal(ChargeState.Declined, (await Charged("jung", 10)).Value.State);
        Assert.Empty(_toss.Books.Entries);

        Task<Result<Charge>> Charged(string customer, long order) => Provider.Approve(new OrderId(order), Price, customer, "", CancellationToken.None);
    }

    [SuiteTheory]
    [InlineData("FDS_ERROR", true)]
    [InlineData("EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT", true)]
    [InlineData("INVALID_PASSWORD", true)]
    [InlineData("INVALID_REQUEST", false)]
    [InlineData("CARD_PROCESSING_ERROR", false)]
    [InlineData("NOT_SUPPORTED_METHOD", false)]
    public async Task A_documented_code_means_the_same_whomever_it_hits(string code, bool declined)
    {
        var cards = _stand.Get<ICards>();
        for (var customer = 1; customer <= 4; customer++)
        {
            Assert.Null((await cards.Register(new RegisterCard($"{customer}", $"customer-{customer}", $"auth_{customer}"), CancellationToken.None)).Error);
            _toss.Books.Refuse($"customer-{customer}", code);

            var answer = await Provider.Approve(new OrderId(customer), Price, $"{customer}", "", CancellationToken.None);

            Assert.Equal(declined ? (ErrorKind?)null : ErrorKind.Unavailable, answer.Error?.Kind);
            Assert.True(!declined || answer.Value.State is ChargeState.Declined);
        }
    }

    [SuiteFact]
    public async Task The_list_of_transactions_may_take_longer_than_a_charge()
    {
        await Approve();
        _toss.Listing = static () => Task.Delay(TimeSpan.FromMilliseconds(5_500));
        var now = TimeProvider.System.GetUtcNow();

        var page = await _stand.Get<IProviderBooks>().List(now.AddHours(-1), now.AddHours(1), "", 10, CancellationToken.None);

        Assert.Equal(new BookEntry(Order, ChargeState.Approved), Assert.Single(page.Value.Entries));
    }

    [SuiteFact]
    public async Task A_card_is_registered_with_what_the_card_page_handed_back()
    {
        var cards = _stand.Get<ICards>();
        Assert.Equal("customerKey", (await cards.Register(new RegisterCard("lee", "가", "auth_1"), CancellationToken.None)).Error!.Field);
        Assert.Equal("authKey", (await cards.Register(new RegisterCard("lee", "lee-0001", null), CancellationToken.None)).Error!.Field);
        Assert.Equal(ErrorKind.Unavailable, (await cards.Register(new RegisterCard("lee", "lee-0001", "made up"), CancellationToken.None)).Error!.Kind);

        Assert.Null((await cards.Register(new RegisterCard("lee", "lee-0001", "auth_1"), CancellationToken.None)).Error);

        Assert.Equal(ChargeState.Approved, (await Provider.Approve(Order, Price, "lee", "", CancellationToken.None)).Value.State);
    }

    [SuiteFact]
    public async Task Two_installations_with_the_same_merchant_have_nothing_to_do_with_each_other()
    {
        await Approve();
        await using var other = await Stand(_toss, TossStub.SecretKey);

        Assert.Equal(Charge.None, (await other.Provider.Find(Order, CancellationToken.None)).Value);
        await other.Provider.Approve(Order, Price, Kim, "", CancellationToken.None);

        Assert.Equal(2, _toss.Books.Entries.Select(static entry => entry.Order).Distinct().Count());
    }

    [SuiteFact]
    public async Task Who_is_not_let_in_learns_nothing_and_tells_no_secret()
    {
        const string wrong = "test_sk_wrong000000000000000";
        await using var stranger = await Stand(_toss, wrong);

        Assert.Equal(ErrorKind.Unavailable, (await stranger.Provider.Approve(Order, Price, Kim, "", CancellationToken.None)).Error?.Kind);

        Assert.Empty(_toss.Books.Entries);
        Assert.Contains(stranger.Logged, static line => line.Contains("UNAUTHORIZED_KEY", StringComparison.Ordinal));
        Assert.DoesNotContain(stranger.Logged, static line => line.Contains(wrong, StringComparison.Ordinal) || line.Contains(BillingKey, StringComparison.Ordinal));
    }

    private protected override PaymentStand Running => _stand;

    private protected override async Task<IPaymentProvider> Open()
    {
        _toss = await TossStub.Start();
        _toss.Books.Register(BillingKey, "kim-0001");
        _stand = await Stand(_toss, TossStub.SecretKey);
        return _stand.Provider;
    }

    private protected override void Suffer(Trouble trouble) => _toss.Fault = _ => trouble switch
    {
        Trouble.FailsBefore => TossFault.ErrorBefore,
        Trouble.FailsAfter => TossFault.ErrorAfter,
        Trouble.Silent => TossFault.SilenceAfter,
        _ => TossFault.None,
    };

    private protected override Task<ProviderBooks> Books() => Task.FromResult(new ProviderBooks(
        _toss.Books.Entries.Where(static entry => entry.IsHeld).Sum(static entry => entry.Amount),
        _toss.Books.Entries.Count,
        _toss.Books.Entries.Sum(static entry => entry.Cancels)));

    internal static async Task<PaymentStand> Stand(TossStub toss, string secretKey, PostgresPlace? place = null, string? cardKeys = null)
    {
        var stand = new PaymentStand(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Pay:Provider"] = "Toss",
                ["Pay:Toss:Address"] = toss.Address,
                ["Pay:Toss:SecretKey"] = secretKey,
                ["Pay:Toss:TimeoutMs"] = "800",
                ["Pay:CardKeys"] = cardKeys ?? CardCipherTests.Key(),
                ["Pay:ProviderTimeoutMs"] = "5000",
            },
            place: place);
        await stand.Get<TossCards>().Keep(Kim, new TossCard(BillingKey, "kim-0001"), CancellationToken.None);
        return stand;
    }
}
