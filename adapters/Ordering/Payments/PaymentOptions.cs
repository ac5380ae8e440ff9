using System.ComponentModel.DataAnnotations;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>The settings under <c>Order:Payments</c>: how long a payment is waited for, and when Ordering stops asking for a while.</summary>
internal sealed class PaymentOptions : IValidatableObject
{
    public const string Section = "Order:Payments";

    /// <summary>How long the first try may take, in milliseconds; the second, which gets its outcome, has what is left of both.</summary>
    [Range(1, 20_000, ErrorMessage = "Order:Payments:TryTimeoutMilliseconds must be 1 to 20000.")]
    public int TryTimeoutMilliseconds { get; set; } = 610;

    /// <summary>How long both tries may take together, in milliseconds; far less than an attempt may stay open.</summary>
    [Range(1, 20_000, ErrorMessage = "Order:Payments:TotalTimeoutMilliseconds must be 1 to 20000.")]
    public int TotalTimeoutMilliseconds { get; set; } = 1_500;

    /// <summary>How many payments may be under way at the same time; who comes beyond that is told at once to come later.</summary>
    [Range(1, 100_000, ErrorMessage = "Order:Payments:AtOnce must be 1 to 100000.")]
    public int AtOnce { get; set; } = 512;

    /// <summary>
    /// The share of failed payments that opens the breaker. A payment has failed when neither try got an answer: where half of all tries
    /// fail, three payments in four succeed at the least, and customers are better served by going on.
    /// </summary>
    [Range(0.01, 1.0, ErrorMessage = "Order:Payments:FailureRatio must be 0.01 to 1.")]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>How many payments it takes to judge the share by.</summary>
    [Range(2, 100_000, ErrorMessage = "Order:Payments:MinimumPayments must be 2 to 100000.")]
    public int MinimumPayments { get; set; } = 10;

    /// <summary>Over how many seconds the share is taken: short, so that a provider that hangs is noticed within two seconds.</summary>
    [Range(0.5, 600, ErrorMessage = "Order:Payments:SamplingSeconds must be 0.5 to 600.")]
    public double SamplingSeconds { get; set; } = 1.25;

    /// <summary>For how many seconds an open breaker asks nobody.</summary>
    [Range(0.5, 600, ErrorMessage = "Order:Payments:BreakSeconds must be 0.5 to 600.")]
    public double BreakSeconds { get; set; } = 2;

    /// <summary>How often each of several addresses is asked whether it is ready, in seconds; more often than one that is on its way out goes on serving.</summary>
    [Range(0.05, 60, ErrorMessage = "Order:Payments:ReadinessSeconds must be 0.05 to 60.")]
    public double ReadinessSeconds { get; set; } = 0.5;

    /// <summary>
    /// How many failures of one customer count within <see cref="SamplingSeconds"/>: less than would open the breaker alone, and so many that few customers
    /// suffice to notice that payment is down.
    /// </summary>
    public int FailuresOfOneCustomer => Math.Max(1, Math.Min(MinimumPayments / 3, (int)Math.Ceiling(FailureRatio * MinimumPayments) - 1));

    public TimeSpan TryTimeout => TimeSpan.FromMilliseconds(TryTimeoutMilliseconds);

    public TimeSpan TotalTimeout => TimeSpan.FromMilliseconds(TotalTimeoutMilliseconds);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TotalTimeoutMilliseconds < TryTimeoutMilliseconds)
            yield return new ValidationResult("Order:Payments:TotalTimeoutMilliseconds must not be less than Order:Payments:TryTimeoutMilliseconds.");
    }
}
