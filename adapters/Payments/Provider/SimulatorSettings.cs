
namespace FoodDelivery.Adapters.Payments.Provider;

/// <summary>How the simulated provider behaves; the settings under <c>Pay:Provider</c>, changeable while it runs.</summary>
internal sealed record SimulatorSettings
{
    public const string Section = "Pay:Provider";

    /// <summary>The shortest time a call takes, in milliseconds.</summary>
    public long DelayMinMs { get; init; }

    /// <summary>The longest time a call takes, in milliseconds; the times are spread evenly.</summary>
    public long DelayMaxMs { get; init; }

    /// <summary>The share of cards that are declined, 0 to 1.</summary>
    public double DeclineRate { get; init; }

    /// <summary>The share of calls that fail, 0 to 1: half of them before they have their effect, half of them after it.</summary>
    public double FailureRate { get; init; }

    /// <summary>Larger amounts are declined, in won.</summary>
    public long DeclineAboveWon { get; init; } = 1_000_000;

    /// <summary>Whether no call is answered until this is off again.</summary>
    public bool Hang { get; init; }

    /// <summary>What is wrong with them; null if nothing is.</summary>
    public Error? Check() => this switch
    {
        { DelayMinMs: < 0 or > 600_000 } => Error.Invalid("delayMinMs", "delayMinMs must be 0 to 600000."),
        { DelayMaxMs: < 0 or > 600_000 } => Error.Invalid("delayMaxMs", "delayMaxMs must be 0 to 600000."),
        _ when DelayMaxMs < DelayMinMs => Error.Invalid("delayMaxMs", "delayMaxMs must not be less than delayMinMs."),
        { DeclineRate: not (>= 0 and <= 1) } => Error.Invalid("declineRate", "declineRate must be 0 to 1."),
        { FailureRate: not (>= 0 and <= 1) } => Error.Invalid("failureRate", "failureRate must be 0 to 1."),
        { DeclineAboveWon: < 0 } => Error.Invalid("declineAboveWon", "declineAboveWon must not be negative."),
        _ => null,
    };
}
