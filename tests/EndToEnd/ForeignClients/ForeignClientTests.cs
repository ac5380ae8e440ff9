using System.Text.Json.Nodes;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd.ForeignClients;

/// <summary>Clients of other makers, who have nothing but the protos, order, watch, cook and are refused.</summary>
public sealed class ForeignClientTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    private const string Python = "/usr/bin/python3";

    [NeedsPrograms($"{Python}:grpc", "protoc")]
    public async Task Grpcio_sees_an_order_from_the_menu_to_the_doorstep()
    {
        using var descriptors = await DescriptorSet.Compile();

        var seen = await SeenBy(Python, Client("order.py"), Grpc("Order"), Grpc("Store"), Grpc("Customer"), descriptors.File);

        AssertDelivered(seen);
        AssertRefused(seen, "INVALID_ARGUMENT", "FAILED_PRECONDITION", "NOT_FOUND", "DEADLINE_EXCEEDED");
    }

    [NeedsPrograms("node", "npm")]
    public async Task Grpc_js_sees_an_order_from_the_menu_to_the_doorstep()
    {
        await NodeModules.InstallAsync();

        var seen = await SeenBy("node", Client("order.mjs"), Grpc("Order"), Grpc("Store"), Grpc("Customer"), DescriptorSet.Folders[0], DescriptorSet.Folders[1]);

        AssertDelivered(seen);
        AssertRefused(seen, "INVALID_ARGUMENT", "FAILED_PRECONDITION", "NOT_FOUND", "DEADLINE_EXCEEDED");
    }

    [NeedsPrograms("node", "npm", "chromium", "protoc")]
    public async Task A_page_of_another_origin_sees_an_order_from_the_menu_to_the_doorstep()
    {
        await NodeModules.InstallAsync();
        using var descriptors = await DescriptorSet.Compile();

        var seen = await BrowserPage.ShowAsync(new
        {
            order = Web("Order"),
            store = Web("Store"),
            customer = Web("Customer"),
            descriptors = Convert.ToBase64String(await File.ReadAllBytesAsync(descriptors.File)),
        });

        Assert.Null((string?)seen["failed"]);
        AssertDelivered(seen);
        AssertRefused(seen, "InvalidArgument", "FailedPrecondition", "NotFound", "DeadlineExceeded");
    }

    // Its loader is what tells a Linux on x64, for which alone buf is among the clients' packages.
    [NeedsPrograms("node", "npm", "/lib64/ld-linux-x86-64.so.2")]
    public async Task Buf_curl_finds_the_way_by_reflection()
    {
        await NodeModules.InstallAsync();

        var seen = await SeenBy(
            Client("node_modules/@bufbuild/buf-linux-x64/bin/buf"),
            "curl", "--protocol", "grpc", "--http2-prior-knowledge", "--data", """{"storeId": 1}""",
            $"http://{Grpc("Store")}/fooddelivery.store.v1.MenuService/GetMenu");

        Assert.NotEmpty(seen["menu"]!["dishes"]!.AsArray());
    }

    private static void AssertDelivered(JsonNode seen)
    {
        Assert.Equal("서울시 🏠", (string)seen["address"]!);
        Assert.InRange((long)seen["total"]!, 2, 1_000_000);
        Assert.Equal(
            ["PAY_SUCCESS", "ORDER_RECEIVED", "COOKING", "COOKED", "DELIVERING", "DELIVERED"],
            seen["watched"]!.AsArray().Select(static status => ((string)status!).Replace("ORDER_STATUS_", "", StringComparison.Ordinal)));
    }

    private static void AssertRefused(JsonNode seen, string invalid, string forbidden, string unknown, string late)
    {
        Assert.Equal(invalid, (string)seen["invalid"]!["code"]!);
        Assert.Equal("items[0].quantity", (string)seen["invalid"]!["field"]!);
        Assert.Equal(forbidden, (string)seen["repeated"]!["code"]!);
        Assert.NotEmpty((string)seen["repeated"]!["reason"]!);
        Assert.Equal((unknown, "ORDER_NOT_FOUND"), ((string)seen["unknown"]!["code"]!, (string)seen["unknown"]!["reason"]!));
        Assert.Equal(late, (string)seen["deadline"]!["code"]!);
    }

    private static async Task<JsonNode> SeenBy(string program, params string[] arguments)
    {
        var run = await OutsideProgram.RunAsync(program, arguments, within: TimeSpan.FromMinutes(2));
        Assert.True(run.ExitCode == 0, run.Errors);
        return JsonNode.Parse(run.Output)!;
    }

    private static string Client(string file) => Path.Combine(NodeModules.Folder, file);

    private string Grpc(string service) => Fleet.Addresses[service].Grpc.Authority;

    private string Web(string service) => Fleet.Addresses[service].Rest.GetLeftPart(UriPartial.Authority);
}
