using FoodDelivery.Tests.Bench;
using FoodDelivery.Tests.Support.Processes;

if (args is [BareServer.Argument])
{
    await BareServer.Run();
    return;
}

var quick = args.Contains("--quick");
await EchoBench.Run(quick);
await AtRestBench.Run();
await using var fleet = await Fleet.Local();
await LagBench.Run(fleet, quick);
await OrderBench.Run(fleet, quick);
await ReadBench.Run(fleet, quick);
