using System.Diagnostics.CodeAnalysis;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>What a request came to: an answer, or what is known of why there is none.</summary>
internal readonly record struct TossAnswer<T>
    where T : class
{
    private readonly T? _answer;

    private TossAnswer(T? answer, TossMeaning meaning, string message) => (_answer, Meaning, Message) = (answer, meaning, message);

    /// <summary>What a missing answer means.</summary>
    public TossMeaning Meaning { get; }

    /// <summary>The provider's words, or our own where it had none.</summary>
    public string Message { get; }

    public static TossAnswer<T> Of(T answer) => new(answer, TossMeaning.Unclear, "");

    public static TossAnswer<T> Without(TossMeaning meaning, string message) => new(null, meaning, message);

    public bool Has([NotNullWhen(true)] out T? answer)
    {
        answer = _answer;
        return answer is not null;
    }
}

/// <summary>What an error means for the money.</summary>
internal enum TossMeaning
{
    /// <summary>Nobody knows whether the request had its effect, or will have.</summary>
    Unclear,

    /// <summary>The same request is under way; asked again, it tells its outcome.</summary>
    Processing,

    /// <summary>The card or its bank refused, for good.</summary>
    Declined,

    /// <summary>The provider does not know what was asked for.</summary>
    NotFound,
}
