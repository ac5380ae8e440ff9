using FoodDelivery.Kernel;
using FoodDelivery.Stores;

namespace FoodDelivery.Tests.Domain.Stores;

public sealed class StoreLifeTests
{
    private static readonly StoreDraft Chicken = new() { Name = "통닭집", Kind = StoreKind.Restaurant };
    private static readonly AccessScope Owner = AccessScope.OfOwner("olga", 1);
    private readonly InMemoryStores _stores = new();
    private int _causes;

    public static TheoryData<string, StoreDraft> Faults => new()
    {
        { "name", Chicken with { Name = null } },
        { "name", Chicken with { Name = "\u200B" } },
        { "name", Chicken with { Name = new string('a', 101) } },
        { "name", Chicken with { Name = "a\nb" } },
        { "kind", Chicken with { Kind = null } },
        { "kind", Chicken with { Kind = (StoreKind)7 } },
        { "cancellationRule", Chicken with { CancellationRule = (CancellationRule)7 } },
        { "owner", Chicken with { Owner = new string('a', 201) } },
        { "phone", Chicken with { Phone = new string('1', 51) } },
        { "address", Chicken with { Address = "서울\u202E" } },
        { "picture", Chicken with { Picture = "javascript:alert(1)" } },
        { "minimumOrderWon", Chicken with { MinimumOrder = -1 } },
        { "minimumOrderWon", Chicken with { MinimumOrder = 100_000_001 } },
        { "deliveryFeeWon", Chicken with { DeliveryFee = -1 } },
        { "deliveryFeeWon", Chicken with { Kind = StoreKind.Cafe, DeliveryFee = 1 } },
        { "timeZone", Chicken with { TimeZone = "Mars/Olympus" } },
        { "timeZone", Chicken with { TimeZone = "" } },
        { "timeZone", Chicken with { TimeZone = "asia/seoul" } },
        { "timeZone", Chicken with { TimeZone = "/usr/share/zoneinfo/UTC" } },
        { "timeZone", Chicken with { TimeZone = "Asia/../UTC" } },
        { "hours[1].day", Chicken with { Hours = [new("Monday", "09:00", "10:00"), new("1", "09:00", "10:00")] } },
        { "hours[0].from", Chicken with { Hours = [new("monday", "9", "10:00")] } },
        { "hours[0].to", Chicken with { Hours = [new("monday", "09:00", "24:01")] } },
        { "hours", Chicken with { Hours = [.. Enumerable.Repeat(new PeriodDraft("monday", "09:00", "10:00"), 51)] } },
        { "closedDays[1]", Chicken with { ClosedDays = ["2026-12-25", "2026-02-30"] } },
        { "answerWithinMinutes", Chicken with { AnswerWithinMinutes = 1441 } },
        { "answerWithinMinutes", Chicken with { AnswerWithinMinutes = -1 } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_store_is_refused_by_field(string field, StoreDraft draft)
    {
        Assert.NotNull(TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul"));
        var refusal = (await Create(draft)).Error!;

        Assert.Equal((ErrorKind.Invalid, field), (refusal.Kind, refusal.Field));
        Assert.Empty(_stores.Published);
    }

    [Fact]
    public async Task A_new_store_has_the_next_number_and_is_published_whole()
    {
        await Create(Chicken);
        var cafe = (await Create(new StoreDraft
        {
            Name = " 카페 ", Kind = StoreKind.Cafe, Owner = "olga", MinimumOrder = 5_000, Hours = [new("SUNDAY", "22:00", "24:00")], ClosedDays = ["2026-12-25", "2026-12-24"],
        })).Value;

        Assert.Equal(new StoreId(2), cafe.Id);
        Assert.Equal(("카페", "olga", CancellationRule.UntilAccepted, 10), (cafe.Profile.Name, cafe.Profile.Owner, cafe.Profile.CancellationRule, cafe.Profile.AnswerWithinMinutes));
        var hours = cafe.Profile.Hours;
        Assert.Equal(("Asia/Seoul", new OpeningPeriod(DayOfWeek.Sunday, new(22, 0), new(0, 0))), (hours.TimeZone, Assert.Single(hours.Periods)));
        Assert.Equal([new DateOnly(2026, 12, 24), new DateOnly(2026, 12, 25)], hours.ClosedDays);
        Assert.Equal(
            [(1L, 1L, CancellationRule.UntilDeliveryStarted), (2, 1, CancellationRule.UntilAccepted)],
            _stores.Published.Cast<StoreChanged>().Select(static changed => (changed.Store.Value, changed.Revision, changed.Profile.CancellationRule)));
    }

    [Fact]
    public async Task A_key_creates_one_store_and_another_store_under_it_is_refused()
    {
        var key = new IdempotencyKey("ops", "k");
        var first = (await Create(Chicken, key: key)).Value;

        Assert.Equal(first.Id, (await Create(Chicken, key: key)).Value.Id);
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", (await Create(Chicken with { ClosedDays = ["2026-12-25"] }, key: key)).Error!.Reason);
        Assert.NotEqual(first.Id, (await Create(Chicken, key: key with { Caller = "others" })).Value.Id);
    }

    [Fact]
    public async Task What_is_not_said_stays_and_what_is_empty_is_taken_away()
    {
        await Create(Chicken with { Phone = "02-1", DeliveryFee = 3_000, TimeZone = "Europe/Paris", Hours = [new("monday", "09:00", "10:00")], ClosedDays = ["2026-12-25"] });

        var updated = (await Update(new StoreDraft { Address = "서울", Hours = [], AnswerWithinMinutes = 0 })).Value;

        Assert.Equal(("통닭집", "02-1", "서울", new Money(3_000)), (updated.Profile.Name, updated.Profile.Phone, updated.Profile.Address, updated.Profile.DeliveryFee));
        Assert.Equal(("Europe/Paris", 0, 1, 0), (updated.Profile.Hours.TimeZone, updated.Profile.Hours.Periods.Count, updated.Profile.Hours.ClosedDays.Count, updated.Profile.AnswerWithinMinutes));
        Assert.Equal("deliveryFeeWon", (await Update(new StoreDraft { Kind = StoreKind.Cafe })).Error!.Field);
    }

    [Fact]
    public async Task Only_an_operator_creates_a_store_or_names_its_owner()
    {
        Assert.Equal(ErrorKind.Forbidden, (await Create(Chicken, Owner)).Error!.Kind);
        await Create(Chicken with { Owner = "olga" });

        Assert.Equal((ErrorKind.Forbidden, "owner"), (await Update(new StoreDraft { Owner = "mallory" }, scope: Owner)).Error is { } refusal ? (refusal.Kind, refusal.Field) : default);
        Assert.Null((await Update(new StoreDraft { Owner = "olga", Name = "새집" }, scope: Owner)).Error);
        Assert.Equal(ErrorKind.Forbidden, (await Update(new StoreDraft { Name = "남의집" }, scope: AccessScope.OfOwner("mallory", 2))).Error!.Kind);
        Assert.Equal("olga2", (await Update(new StoreDraft { Owner = "olga2" })).Value.Profile.Owner);
    }

    [Fact]
    public async Task A_revision_that_was_seen_must_be_the_current_one()
    {
        await Create(Chicken);
        await Update(new StoreDraft { Phone = "1" }, revision: 1);

        await Assert.ThrowsAsync<ConcurrencyException>(() => Update(new StoreDraft { Phone = "2" }, revision: 1));
        Assert.Equal("1", (await _stores.Find(new StoreId(1), default))!.Profile.Phone);
    }

    [Fact]
    public async Task A_store_pauses_and_resumes_and_closes_for_good()
    {
        await Create(Chicken);
        var now = TimeProvider.System.GetUtcNow();

        Assert.Equal("until", (await Pause(now.AddSeconds(-1))).Error!.Field);
        Assert.Equal("until", (await Pause(now.AddDays(367))).Error!.Field);
        Assert.Equal("until", (await Pause(DateTimeOffset.MaxValue)).Error!.Field);
        Assert.Equal(now.AddHours(1).TruncateToMilliseconds(), (await Pause(now.AddHours(1))).Value.Pause!.Until);
        Assert.Null((await Pause(null)).Value.Pause!.Until);
        Assert.NotNull((await Update(new StoreDraft { Phone = "1" })).Value.Pause);
        Assert.Null((await Resume()).Value.Pause);
        Assert.Equal(5, (await Resume()).Value.Version);
        Assert.True((await Close()).Value.IsClosed);
        Assert.Equal(6, (await Close()).Value.Version);
        Assert.Equal("STORE_CLOSED_FOR_GOOD", (await Pause(null)).Error!.Reason);
        Assert.Equal("STORE_CLOSED_FOR_GOOD", (await Resume()).Error!.Reason);
        Assert.Equal("STORE_CLOSED_FOR_GOOD", (await Update(Chicken)).Error!.Reason);
        Assert.Equal([1L, 2, 3, 4, 5, 6], _stores.Published.Cast<StoreChanged>().Select(static changed => changed.Revision));
    }

    [Fact]
    public async Task A_store_may_accept_every_order_as_soon_as_it_arrives()
    {
        var kitchen = await Kitchen.With(StoreKind.Restaurant, CancellationRule.UntilAccepted, autoAccept: true).Given(Step.Place, Step.Place);

        Assert.Equal([TicketStatus.Opened, TicketStatus.Accepted], kitchen.Statuses);
        Assert.Equal((TicketStatus.Accepted, 2L), ((await kitchen.Ticket())!.Status, (await kitchen.Ticket())!.Version));
    }

    [Fact]
    public async Task What_a_store_has_not_answered_in_time_is_rejected_once_unless_its_owner_is_faster()
    {
        var (waiting, answered) = (await Kitchen.Restaurant().Given(Step.Place), await Kitchen.Restaurant().Given(Step.Place));
        answered.Tickets.BeforeNextSave = async () => Assert.Null(await answered.When(Step.Accept));

        Assert.Empty(await Reject(waiting, TimeSpan.FromMinutes(9)));
        Assert.Equal([Kitchen.Order], await Reject(waiting, TimeSpan.FromMinutes(11)));
        Assert.Empty(await Reject(waiting, TimeSpan.FromMinutes(12)));
        Assert.Empty(await Reject(answered, TimeSpan.FromMinutes(11)));

        Assert.Equal([TicketStatus.Opened, TicketStatus.Rejected], waiting.Statuses);
        Assert.Equal([TicketStatus.Opened, TicketStatus.Accepted], answered.Statuses);
    }

    private Task<IReadOnlyList<OrderId>> Reject(Kitchen kitchen, TimeSpan later) =>
        new RejectUnansweredHandler(kitchen.Tickets, new Later(later)).Handle(new RejectUnanswered(), Cause(), default);

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    private Task<Result<Store>> Create(StoreDraft draft, AccessScope? scope = null, IdempotencyKey? key = null) =>
        new CreateStoreHandler(_stores).Handle(new CreateStore(draft, key), scope ?? AccessScope.Everything, Cause(), default);

    private Task<Result<Store>> Update(StoreDraft draft, long? revision = null, AccessScope? scope = null) =>
        new UpdateStoreHandler(_stores).Handle(new UpdateStore(new StoreId(1), draft, revision), scope ?? AccessScope.Everything, Cause(), default);

    private Task<Result<Store>> Pause(DateTimeOffset? until) =>
        new PauseStoreHandler(_stores, TimeProvider.System).Handle(new PauseStore(new StoreId(1), until), Owner, Cause(), default);

    private Task<Result<Store>> Resume() => new ResumeStoreHandler(_stores).Handle(new ResumeStore(new StoreId(1)), Owner, Cause(), default);

    private Task<Result<Store>> Close() => new CloseStoreHandler(_stores).Handle(new CloseStore(new StoreId(1)), Owner, Cause(), default);

    private MessageContext Cause() => MessageContext.Command($"command-{++_causes}");
}
