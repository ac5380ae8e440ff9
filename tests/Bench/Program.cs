using FoodDelivery.Tests.Bench;
using FoodDelivery.Tests.Bench.Marketing;
using FoodDelivery.Tests.Bench.Real;
using FoodDelivery.Tests.Bench.Watchers;
using FoodDelivery.Tests.Support.Processes;

if (args is [BareServer.Argument])
{
    await BareServer.Run();
    return 0;
}

if (args.Contains(WatchersDrill.Argument))
    return await WatchersDrill.Run(args.Contains("--short"));

if (args.Contains(RecommendationBench.Argument))
{
    await RecommendationBench.Run(args.Contains("--quick"), postgres: args.Contains("--postgres"));
    return 0;
}

var extent = Extent.Of(args);
if (args.Contains("--real"))
{
    await RealBench.Run(extent);
    return 0;
}

await EchoBench.Run(extent);
await AtRestBench.Run();
// Bounds for customers on a busy machine would end what is to be measured.
await using var fleet = await Fleet.Local(
    "--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000",
    "--Limits:Client:ReadsPerSecond=1000000", "--Limits:Client:ReadsBurst=1000000");
await LagBench.Run(fleet, extent);
await OrderBench.Run(fleet, extent);
await ReadBench.Run(fleet, extent);
await GatewayBench.Run(fleet, extent);
await TenfoldBench.Run(fleet, extent);
return 0;
