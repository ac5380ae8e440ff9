namespace FoodDelivery.Tests.Support.Programs;

/// <summary>What a whole class of tests needs from the machine: a suite's tests are skipped where it is missing, but where the environment says CI=true they run and so fail.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NeedsAttribute : Attribute
{
    /// <summary>Why it cannot be had; null if it can.</summary>
    public abstract string? Missing { get; }
}
