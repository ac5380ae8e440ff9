using Xunit.Abstractions;
using Xunit.Sdk;

namespace FoodDelivery.Tests.Support.Programs;

/// <summary>Finds <see cref="SuiteFactAttribute"/>.</summary>
public sealed class SuiteFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    /// <inheritdoc/>
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) => SkippedTestCase.Reason(testMethod) is null
        ? base.CreateTestCase(discoveryOptions, testMethod, factAttribute)
        : new SkippedTestCase(DiagnosticMessageSink, discoveryOptions, testMethod);
}

/// <summary>Finds <see cref="SuiteTheoryAttribute"/>.</summary>
public sealed class SuiteTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) => SkippedTestCase.Reason(testMethod) is null
        ? base.Discover(discoveryOptions, testMethod, theoryAttribute)
        : [new SkippedTestCase(DiagnosticMessageSink, discoveryOptions, testMethod)];
}
