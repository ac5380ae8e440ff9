using System.ComponentModel.DataAnnotations;
using FoodDelivery.Ordering;

namespace FoodDelivery.Adapters.Ordering.Sweeping;

/// <summary>The settings under <c>Order:Sweeper</c>.</summary>
internal sealed class SweeperOptions
{
    public const string Section = "Order:Sweeper";

    /// <summary>How often it looks for overdue attempts, in seconds.</summary>
    [Range(0.05, 3600, ErrorMessage = "Order:Sweeper:IntervalSeconds must be 0.05 to 3600.")]
    public double IntervalSeconds { get; set; } = 5;

    /// <summary>How long an attempt may stay open, in seconds: many times longer than placing waits for a payment.</summary>
    [Range(1, 3600, ErrorMessage = "Order:Sweeper:AgeSeconds must be 1 to 3600.")]
    public double AgeSeconds { get; set; } = SweepAttemptsHandler.Patience.TotalSeconds;
}
