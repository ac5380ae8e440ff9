namespace FoodDelivery.Stores;

/// <summary>What is said of a store, not yet checked; what is null is not said, and stays as it is.</summary>
public sealed record StoreDraft
{
    /// <summary>The most that a minimum or a fee may be, in won.</summary>
    public const long MaxAmount = 100_000_000;

    /// <summary>The longest that a store may take to answer.</summary>
    public const int MaxAnswerMinutes = 1440;

    private const int DefaultAnswerMinutes = 10, MaxName = 100, MaxSubject = 200, MaxPhone = 50, MaxText = 500, MaxAddress = 2000;

    /// <summary>As its customers know it; needed for a new store.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it delivers; needed for a new store.</summary>
    public StoreKind? Kind { get; init; }

    /// <summary>How long it gives way to a customer who cancels.</summary>
    public CancellationRule? CancellationRule { get; init; }

    /// <summary>The subject of its owner's token.</summary>
    public string? Owner { get; init; }

    /// <summary>Its telephone.</summary>
    public string? Phone { get; init; }

    /// <summary>Where it is.</summary>
    public string? Address { get; init; }

    /// <summary>The address of a picture of it.</summary>
    public string? Picture { get; init; }

    /// <summary>The least that the dishes of an order come to, in won.</summary>
    public long? MinimumOrder { get; init; }

    /// <summary>What it takes for bringing the food, in won.</summary>
    public long? DeliveryFee { get; init; }

    /// <summary>The IANA name of the zone of its clock.</summary>
    public string? TimeZone { get; init; }

    /// <summary>When it is open, every week; empty: day and night.</summary>
    public IReadOnlyList<PeriodDraft>? Hours { get; init; }

    /// <summary>Dates on which it does not open, such as 2026-12-25.</summary>
    public IReadOnlyList<string>? ClosedDays { get; init; }

    /// <summary>Whether it accepts every order by itself.</summary>
    public bool? AutoAccept { get; init; }

    /// <summary>After how many minutes an order that nobody has answered is rejected; 0: never.</summary>
    public long? AnswerWithinMinutes { get; init; }

    /// <summary>The store that it describes, or what is wrong with it, by its field.</summary>
    /// <param name="before">What was said of the store before; null for a new one.</param>
    internal Result<StoreProfile> Over(StoreProfile? before)
    {
        if (Fault(before) is { } fault)
            return fault;

        if (Schedule(before?.Hours).IsError(out fault, out var hours))
            return fault;

        var kind = Kind ?? before!.Kind;
        var rule = CancellationRule ?? before?.CancellationRule
            ?? (kind == StoreKind.Cafe ? Stores.CancellationRule.UntilAccepted : Stores.CancellationRule.UntilDeliveryStarted);
        var profile = new StoreProfile((Name ?? before!.Name).Trim(), kind, rule)
        {
            Owner = (Owner ?? before?.Owner ?? "").Trim(),
            Phone = (Phone ?? before?.Phone ?? "").Trim(),
            Address = (Address ?? before?.Address ?? "").Trim(),
            Picture = (Picture ?? before?.Picture ?? "").Trim(),
            MinimumOrder = new Money(MinimumOrder ?? before?.MinimumOrder.Won ?? 0),
            DeliveryFee = new Money(DeliveryFee ?? before?.DeliveryFee.Won ?? 0),
            Hours = hours,
            AutoAccept = AutoAccept ?? before?.AutoAccept ?? false,
            AnswerWithinMinutes = (int)(AnswerWithinMinutes ?? before?.AnswerWithinMinutes ?? DefaultAnswerMinutes),
        };
        return profile.Kind == StoreKind.Cafe && profile.DeliveryFee > Money.Zero
            ? Error.Invalid("deliveryFeeWon", "A cafe does not deliver, and takes no fee for it.")
            : profile;
    }

    private Error? Fault(StoreProfile? before)
    {
        if (Name is null ? before is null : !UnicodeText.IsVisible(Name))
            return Error.Invalid("name", "A store has a name.");

        if (Kind is null ? before is null : !Enum.IsDefined(Kind.Value))
            return Error.Invalid("kind", "A store is a restaurant or a cafe.");

        if (CancellationRule is { } rule && !Enum.IsDefined(rule))
            return Error.Invalid("cancellationRule", "A store gives way until it has accepted, or until the delivery has started.");

        return Text("name", Name, MaxName)
            ?? Text("owner", Owner, MaxSubject)
            ?? Text("phone", Phone, MaxPhone)
            ?? Text("address", Address, MaxText)
            ?? Text("picture", Picture, MaxAddress)
            ?? (IsWebAddress(Picture) ? null : Error.Invalid("picture", "A picture is an address that begins with https:// or http://."))
            ?? Amount("minimumOrderWon", MinimumOrder)
            ?? Amount("deliveryFeeWon", DeliveryFee)
            ?? (AnswerWithinMinutes is null or (>= 0 and <= MaxAnswerMinutes)
                ? null
                : Error.Invalid("answerWithinMinutes", $"A store answers within 1 to {MaxAnswerMinutes} minutes; 0 is for no bound."));
    }

    private Result<OpeningHours> Schedule(OpeningHours? before)
    {
        var zone = TimeZone ?? before?.TimeZone ?? StoreProfile.DefaultTimeZone;
        if (TimeZone is not null && !OpeningHours.IsTimeZone(TimeZone))
            return Error.Invalid("timeZone", "A time zone is called as in the IANA's list, such as Asia/Seoul.");

        if (Hours?.Count > OpeningHours.MaxPeriods)
            return Error.Invalid("hours", $"A week has at most {OpeningHours.MaxPeriods} periods.");

        if (ClosedDays?.Count > OpeningHours.MaxClosedDays)
            return Error.Invalid("closedDays", $"At most {OpeningHours.MaxClosedDays} closed days are known ahead.");

        var periods = new List<OpeningPeriod>();
        foreach (var draft in Hours ?? [])
        {
            if (draft.Read($"hours[{periods.Count}]").IsError(out var fault, out var period))
                return fault;

            periods.Add(period);
        }

        var days = new SortedSet<DateOnly>();
        for (var index = 0; index < (ClosedDays?.Count ?? 0); index++)
        {
            if (OpeningHours.ReadDay(ClosedDays![index].Trim()) is not { } day)
                return Error.Invalid($"closedDays[{index}]", "A closed day is a date such as 2026-12-25.");

            days.Add(day);
        }

        return new OpeningHours(zone, Hours is null ? before?.Periods ?? [] : periods, ClosedDays is null ? before?.ClosedDays ?? [] : [.. days]);
    }

    private static Error? Text(string field, string? text, int most)
    {
        if (text?.Length > most)
            return Error.Invalid(field, $"At most {most} characters are allowed here, not {text.Length}.");

        return text is not null && UnicodeText.Validate(text) is { } flaw ? Error.Invalid(field, $"The text {flaw}.") : null;
    }

    private static Error? Amount(string field, long? won) =>
        won is null or (>= 0 and <= MaxAmount) ? null : Error.Invalid(field, $"An amount of 0 to {MaxAmount} won is allowed here.");

    private static bool IsWebAddress(string? text) => string.IsNullOrWhiteSpace(text)
        || (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp));
}

/// <summary>A time of the week during which a store is open, as its owner writes it down.</summary>
/// <param name="Day">The day on which it begins, in English.</param>
/// <param name="From">When it begins, such as 09:30.</param>
/// <param name="To">When it ends; what is not later than the beginning is on the next day. Midnight is also 24:00.</param>
public sealed record PeriodDraft(string Day, string From, string To)
{
    internal Result<OpeningPeriod> Read(string field)
    {
        if (Enum.GetNames<DayOfWeek>().FirstOrDefault(name => string.Equals(name, Day.Trim(), StringComparison.OrdinalIgnoreCase)) is not { } day)
            return Error.Invalid($"{field}.day", "A day is one of monday to sunday.");

        if (From.Trim() == "24:00" || OpeningHours.ReadTime(From.Trim()) is not { } from)
            return Error.Invalid($"{field}.from", "A time is written as 09:30.");

        return OpeningHours.ReadTime(To.Trim()) is { } to
            ? new OpeningPeriod(Enum.Parse<DayOfWeek>(day), from, to)
            : Error.Invalid($"{field}.to", "A time is written as 09:30; midnight is 24:00.");
    }
}
