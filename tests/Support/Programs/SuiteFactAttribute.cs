using Xunit;
using Xunit.Sdk;

namespace FoodDelivery.Tests.Support.Programs;

/// <summary>A test of a suite that several adapters run; whoever derives the suite may carry a <see cref="NeedsAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("FoodDelivery.Tests.Support.Programs.SuiteFactDiscoverer", "FoodDelivery.Tests.Support")]
public sealed class SuiteFactAttribute : FactAttribute;

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("FoodDelivery.Tests.Support.Programs.SuiteTheoryDiscoverer", "FoodDelivery.Tests.Support")]
public sealed class SuiteTheoryAttribute : TheoryAttribute;
