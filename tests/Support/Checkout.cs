namespace FoodDelivery.Tests.Support;

/// <summary>The repository that the tests were built from.</summary>
public static class Checkout
{
    /// <summary>Its folder.</summary>
    /// <exception cref="InvalidOperationException">The tests do not run inside one.</exception>
    public static string Root { get; } = Find();

    /// <summary>
    /// Where the services' programs lie: beside the tests, or where the variable <c>TEST_PROGRAMS</c> says. Those that are compiled ahead, as they are deployed, start in
    /// half the time.
    /// </summary>
    public static string Programs { get; } = Environment.GetEnvironmentVariable("TEST_PROGRAMS") ?? AppContext.BaseDirectory;

    /// <summary>What is in <c>deploy/local</c>.</summary>
    public static string Local(params ReadOnlySpan<string> path) => Path.Combine([Root, "deploy", "local", .. path]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FoodDelivery.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
        return folder.FullName;
    }
}
