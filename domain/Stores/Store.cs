namespace FoodDelivery.Stores;

/// <summary>Somebody who cooks. Its version is its revision.</summary>
public sealed class Store : Aggregate
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(366);

    private Store(StoreId id, StoreProfile profile) => (Id, Profile) = (id, profile);

    /// <summary>Its number.</summary>
    public StoreId Id { get; }

    /// <summary>What its owner says of it.</summary>
    public StoreProfile Profile { get; private set; }

    /// <summary>Its pause, which may be over by now; null if it takes orders, or would.</summary>
    public Pause? Pause { get; private set; }

    /// <summary>Whether it has closed for good. Its open tickets go on.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether it brings the food to the customer.</summary>
    public bool Delivers => Profile.Kind == StoreKind.Restaurant;

    /// <summary>The request that has just created it, to be saved with it so that the request can be repeated.</summary>
    public KeyedCreation? CreatedUnder { get; private init; }

    /// <summary>A new store.</summary>
    public static Store Open(StoreId id, StoreProfile profile, KeyedCreation? under = null)
    {
        var store = new Store(id, profile) { CreatedUnder = under };
        store.Become(profile, pause: null);
        return store;
    }

    /// <summary>A store as it was saved.</summary>
    public static Store Restore(StoreId id, StoreProfile profile, Pause? pause, bool isClosed, long revision) =>
        new(id, profile) { Pause = pause, IsClosed = isClosed, Version = revision, LoadedVersion = revision };

    /// <summary>A store of which nothing is left but what was published, which it must catch up with.</summary>
    public static Store Lost(StoreChanged published) => new(published.Store, published.Profile);

    /// <summary>Takes over what was published of it, if that is newer; false if not.</summary>
    public bool CatchUp(StoreChanged published)
    {
        if (published.Revision <= Version)
            return false;

        (Profile, Pause, IsClosed, Version) = (published.Profile, published.Pause, published.IsClosed, published.Revision);
        return true;
    }

    /// <summary>The owner says something else of it.</summary>
    public Result<Unit> Update(StoreProfile profile) => Change(() => Become(profile, Pause));

    /// <summary>Takes no orders for a while. Another pause takes the place of the one before.</summary>
    /// <param name="until">Until when; null: until it is resumed.</param>
    /// <param name="now">The time now.</param>
    public Result<Unit> Halt(DateTimeOffset? until, DateTimeOffset now) => until <= now || until - now > LongestPause
        ? Error.Invalid("until", $"A pause ends within {LongestPause.Days} days from now, or when it is resumed.")
        : Change(() => Become(Profile, new Pause(until?.TruncateToMilliseconds())));

    /// <summary>Takes orders again; nothing changes where it does.</summary>
    public Result<Unit> Resume() => Change(() =>
    {
        if (Pause is not null)
            Become(Profile, pause: null);
    });

    /// <summary>Takes no orders any more; nothing changes the second time.</summary>
    public void Close()
    {
        if (IsClosed)
            return;

        IsClosed = true;
        Become(Profile, Pause);
    }

    private Result<Unit> Change(Action change)
    {
        if (IsClosed)
            return Error.Conflict("STORE_CLOSED_FOR_GOOD", $"Store {Id} has closed for good.");

        change();
        return Unit.Value;
    }

    private void Become(StoreProfile profile, Pause? pause)
    {
        (Profile, Pause) = (profile, pause);
        Version++;
        Raise(new StoreChanged(Id, Profile, Pause, IsClosed, Version));
    }
}

/// <summary>What an owner says of a store.</summary>
/// <param name="Name">As its customers know it.</param>
/// <param name="Kind">Whether it delivers.</param>
/// <param name="CancellationRule">How long it gives way to a customer who cancels: its own setting.</param>
public sealed record StoreProfile(string Name, StoreKind Kind, CancellationRule CancellationRule)
{
    /// <summary>In which zone hours are meant where nothing else was said.</summary>
    public const string DefaultTimeZone = "Asia/Seoul";

    /// <summary>Who runs it: the subject of the owner's token; empty where nobody is named.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Its telephone; may be empty.</summary>
    public string Phone { get; init; } = "";

    /// <summary>Where it is; may be empty.</summary>
    public string Address { get; init; } = "";

    /// <summary>The address of a picture of it; may be empty.</summary>
    public string Picture { get; init; } = "";

    /// <summary>The least that the dishes of an order come to.</summary>
    public Money MinimumOrder { get; init; }

    /// <summary>What it takes for bringing the food.</summary>
    public Money DeliveryFee { get; init; }

    /// <summary>When it is open.</summary>
    public OpeningHours Hours { get; init; } = OpeningHours.Always with { TimeZone = DefaultTimeZone };

    /// <summary>Whether it accepts every order by itself.</summary>
    public bool AutoAccept { get; init; }

    /// <summary>After how many minutes an order that nobody has answered is rejected; 0: never.</summary>
    public int AnswerWithinMinutes { get; init; }
}

/// <summary>A time during which a store takes no orders.</summary>
/// <param name="Until">When it ends by itself; null: when it is resumed.</param>
public sealed record Pause(DateTimeOffset? Until);

/// <summary>What sort of store it is.</summary>
public enum StoreKind
{
    /// <summary>Cooks and delivers; customers may also pick up.</summary>
    Restaurant = 1,

    /// <summary>Customers pick up.</summary>
    Cafe = 2,
}

/// <summary>How long a store gives way to a customer who cancels.</summary>
public enum CancellationRule
{
    /// <summary>Until it has accepted the order.</summary>
    UntilAccepted = 1,

    /// <summary>Until the delivery has started, or the customer has picked the order up.</summary>
    UntilDeliveryStarted = 2,
}
