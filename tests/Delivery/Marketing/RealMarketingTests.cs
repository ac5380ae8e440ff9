using FoodDelivery.Tests.Delivery.Real;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery.Marketing;

/// <summary>Marketing dies beside the others.</summary>
public sealed class RealMarketingTests(RealServers servers, FaultTable table, ITestOutputHelper output) : RealFaultTests(servers, table, output)
{
    [RealFault]
    public Task Marketing_dies() => Strikes("kill -9 of Marketing", static (platform, _) => Kill(platform, "marketing-1"));
}
