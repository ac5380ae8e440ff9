using Xunit;

namespace FoodDelivery.Tests.Support.Programs;

/// <summary>
/// A test that needs outside programs: skipped with the reason where one is missing, but where the environment says CI=true it
/// runs and so fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsProgramsAttribute : FactAttribute
{
    /// <summary>Names the programs, each as <see cref="OutsideProgram.Missing"/> takes it.</summary>
    public NeedsProgramsAttribute(params string[] programs)
    {
        Programs = programs;
        if (Requirement.SkipReason(programs) is { } reason)
            Skip = reason;
    }

    /// <summary>The programs.</summary>
    public IReadOnlyList<string> Programs { get; }
}
