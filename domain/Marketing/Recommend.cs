using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Marketing;

/// <summary>What shall this customer eat?</summary>
/// <param name="Customer">Who; null, empty, or somebody who has ordered nothing yet, gets what is popular. A customer asks for itself alone.</param>
/// <param name="Limit">How many dishes and how many stores at the most: 1 to <see cref="MaxLimit"/>.</param>
public sealed record Recommend(string? Customer, int Limit)
{
    /// <summary>How many are recommended unless the caller says otherwise.</summary>
    public const int DefaultLimit = 5;

    /// <summary>How many can be asked for.</summary>
    public const int MaxLimit = 50;
}

/// <summary>Recommends dishes and stores.</summary>
public sealed class RecommendHandler(IEvidence evidence)
{
    /// <summary>The best of what can be ordered today, each with its reason; or what is wrong with the input.</summary>
    public async Task<Result<Recommendations>> Handle(Recommend command, AccessScope scope, CancellationToken cancellation)
    {
        if (scope.For(command.Customer).IsError(out var refusal, out var customer))
            return refusal;

        if (CustomerName.Validate(customer) is { } error)
            return error;

        return command.Limit is < 1 or > Recommend.MaxLimit
            ? Error.Invalid("limit", $"limit must be a whole number from 1 to {Recommend.MaxLimit}.")
            : Recommender.Recommend(await evidence.About(customer, command.Limit, cancellation), command.Limit) with { Customer = customer };
    }
}

/// <summary>A dish that the customer may like.</summary>
/// <param name="Dish">Which.</param>
/// <param name="Score">From 0 to 1; the larger the better.</param>
/// <param name="Reason">Why.</param>
public sealed record RecommendedDish(MenuDish Dish, double Score, Reason Reason);

/// <summary>A store that the customer may like.</summary>
/// <param name="Store">Which.</param>
/// <param name="Score">From 0 to 1; the larger the better.</param>
/// <param name="Reason">Why.</param>
public sealed record RecommendedStore(StoreId Store, double Score, Reason Reason);

/// <summary>What is recommended, best first.</summary>
public sealed record Recommendations(IReadOnlyList<RecommendedDish> Dishes, IReadOnlyList<RecommendedStore> Stores)
{
    /// <summary>To whom; empty for everybody.</summary>
    public string Customer { get; init; } = "";
}

/// <summary>What speaks most for a recommendation.</summary>
public enum ReasonCode
{
    /// <summary>The customer orders it again and again.</summary>
    YourFavourite = 1,

    /// <summary>The customer has ordered it once.</summary>
    OrderedBefore,

    /// <summary>It goes with something that the customer orders.</summary>
    OftenOrderedWith,

    /// <summary>Many order it at present.</summary>
    PopularNow,
}

/// <summary>Why something is recommended, for programs and for people.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Ko">In Korean.</param>
/// <param name="En">In English.</param>
public sealed record Reason(ReasonCode Code, string Ko, string En)
{
    /// <summary>It is popular.</summary>
    public static readonly Reason Popular = new(ReasonCode.PopularNow, "지금 인기 있어요", "popular now");

    /// <summary>The customer's own dish.</summary>
    public static Reason Own(int times) => times > 1
        ? new Reason(ReasonCode.YourFavourite, "자주 주문하시는 메뉴예요", "you often order it")
        : new Reason(ReasonCode.OrderedBefore, "전에 주문하신 메뉴예요", "you have ordered it before");

    /// <summary>The customer's own store.</summary>
    public static Reason OwnStore(int times) => times > 1
        ? new Reason(ReasonCode.YourFavourite, "자주 주문하시는 가게예요", "you often order there")
        : new Reason(ReasonCode.OrderedBefore, "전에 주문하신 가게예요", "you have ordered there before");

    /// <summary>It goes with another dish.</summary>
    public static Reason Together(MenuDish with) => new(
        ReasonCode.OftenOrderedWith, $"{with.KoreanName}{And(with.KoreanName)} 함께 자주 주문돼요", $"often ordered with {with.EnglishName}");

    // "And" depends on whether the word before it ends in a consonant; that of a syllable is its number modulo 28
    // (The Unicode Standard, section 3.12).
    private static string And(string word) => word[^1] is >= '가' and <= '힣' ? ((word[^1] - '가') % 28 == 0 ? "와" : "과") : "와(과)";
}
