namespace FoodDelivery.Tests.Support.Programs;

/// <summary>The suite needs outside programs and libraries, each as <see cref="OutsideProgram.Missing"/> takes it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsOutsideAttribute(params string[] programs) : NeedsAttribute
{
    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Programs { get; } = programs;

    /// <inheritdoc/>
    public override string? Missing => Requirement.SkipReason(Programs);
}
