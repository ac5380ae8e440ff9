using Xunit.Abstractions;
using Xunit.Sdk;

namespace FoodDelivery.Tests.Support.Programs;

/// <summary>A test whose class needs what this machine lacks.</summary>
internal sealed class SkippedTestCase : XunitTestCase
{
    [Obsolete("For deserialization.")]
    public SkippedTestCase()
    {
    }

    public SkippedTestCase(IMessageSink diagnostics, ITestFrameworkDiscoveryOptions options, ITestMethod method)
        : base(diagnostics, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method)
    {
    }

    /// <summary>Why a test cannot run here; null if it can, or must.</summary>
    public static string? Reason(ITestMethod method)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            return null;

        var missing = method.TestClass.Class.GetCustomAttributes(typeof(NeedsAttribute))
            .OfType<ReflectionAttributeInfo>()
            .Select(static needs => ((NeedsAttribute)needs.Attribute).Missing)
            .OfType<string>()
            .ToList();
        return missing.Count == 0 ? null : string.Join("; ", missing);
    }

    /// <inheritdoc/>
    protected override string? GetSkipReason(IAttributeInfo factAttribute) => Reason(TestMethod);
}
