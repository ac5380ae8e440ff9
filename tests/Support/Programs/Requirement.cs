namespace FoodDelivery.Tests.Support.Programs;

/// <summary>Decides what becomes of tests whose programs are missing.</summary>
public static class Requirement
{
    /// <summary>Why a test is skipped; null if it runs: because all is there, or because the environment says CI=true and so it shall fail.</summary>
    public static string? SkipReason(IEnumerable<string> programs)
    {
        var missing = programs.Select(OutsideProgram.Missing).Where(static reason => reason is not null).ToList();
        return missing.Count > 0 && !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
            ? string.Join("; ", missing)
            : null;
    }
}
