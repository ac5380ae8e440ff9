using Xunit;

namespace FoodDelivery.Tests.Support.Programs;

/// <summary>The foreign clients' own packages, installed beside the tests when first needed.</summary>
public static class NodeModules
{
    static readonly Lazy<Task> _installed = new(InstallOnceAsync);

    /// <summary>Where the clients lie.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "clients");

    /// <summary>Installs them, once.</summary>
    public static Task InstallAsync() => _installed.Value;

    static async Task InstallOnceAsync()
    {
        if (File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
            return;

        var run = await OutsideProgram.RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], Folder, within: TimeSpan.FromMinutes(5));
        Assert.True(run.ExitCode == 0, run.Errors);
    }
}
