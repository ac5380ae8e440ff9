using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.EndToEnd.ForeignClients;

/// <summary>What protoc makes of the protos for clients that read descriptors.</summary>
internal sealed class DescriptorSet : IDisposable
{
    private DescriptorSet(string file) => File = file;

    /// <summary>The folders of all protos: the product's own, and those of the errors' details.</summary>
    public static IReadOnlyList<string> Folders { get; } = [Path.Combine(AppContext.BaseDirectory, "protos"), Path.Combine(NodeModules.Folder, "protos")];

    /// <summary>A serialised FileDescriptorSet.</summary>
    public string File { get; }

    /// <summary>Of the services that clients call.</summary>
    public static Task<DescriptorSet> Compile() => Compile(
        "fooddelivery/ordering/v1/order_service.proto",
        "fooddelivery/store/v1/ticket_service.proto",
        "fooddelivery/customer/v1/order_status_service.proto",
        "google/rpc/details.proto");

    /// <summary>Of the protos named, and of what they import.</summary>
    public static async Task<DescriptorSet> Compile(params IReadOnlyList<string> protos)
    {
        var set = new DescriptorSet(Path.GetTempFileName());
        var run = await OutsideProgram.RunAsync(
            "protoc", [.. Folders.Select(static folder => $"-I{folder}"), "--include_imports", $"--descriptor_set_out={set.File}", .. protos]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return set;
    }

    public void Dispose() => System.IO.File.Delete(File);
}
