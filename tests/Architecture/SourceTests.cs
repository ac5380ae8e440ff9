using System.Text.RegularExpressions;

namespace FoodDelivery.Tests.Architecture;

/// <summary>What no project file shows: the marks in the source that the house does without.</summary>
public sealed partial class SourceTests
{
    private static readonly string[] VagueRooms = ["Common", "Helpers", "Utils", "Utilities", "Shared", "Misc", "BuildingBlocks", "Managers"];

    [Fact]
    public void No_source_has_two_versions_of_itself() => Assert.Empty(ConditionalSources(Sources()));

    [Fact]
    public void A_conditional_source_is_seen() => Assert.NotEmpty(ConditionalSources([("Planted.cs", "class A\n{\n#if OFFICIAL\n#endif\n}")]));

    [Fact]
    public void No_room_has_a_vague_name() => Assert.Empty(VaguelyNamed(Sources().Select(static source => source.Path)));

    [Fact]
    public void A_vague_room_is_seen() => Assert.NotEmpty(VaguelyNamed(["adapters/Ordering/Helpers/Text.cs"]));

    /// <summary>The environment's proxy is for others: what calls says whether it passes one.</summary>
    [Fact]
    public void Nothing_calls_through_a_proxy_that_it_was_not_told_of() => Assert.Empty(CallsOfUnknownWay(Sources().Where(static source => !source.Path.StartsWith("tests/", StringComparison.Ordinal))));

    [Theory]
    [InlineData("new HttpClient { Timeout = t }")]
    [InlineData("new HttpClient()")]
    [InlineData("new SocketsHttpHandler { AllowAutoRedirect = false }")]
    [InlineData("GrpcChannel.ForAddress(address)")]
    public void A_call_of_unknown_way_is_seen(string planted) => Assert.NotEmpty(CallsOfUnknownWay([("Planted.cs", planted)]));

    private static IEnumerable<string> CallsOfUnknownWay(IEnumerable<(string Path, string Text)> sources) =>
        from source in sources
        where UnknownWay().IsMatch(source.Text)
        select source.Path;

    [GeneratedRegex(@"new HttpClient( \{|\(\))|new HttpClientHandler|GrpcChannel\.ForAddress\([^,()]*\)|new SocketsHttpHandler(?!\s*\{[^}]*UseProxy = )", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnknownWay();

    private static IEnumerable<string> ConditionalSources(IEnumerable<(string Path, string Text)> sources) =>
        sources.Where(static source => source.Text.Contains("\n#if ", StringComparison.Ordinal)).Select(static source => source.Path);

    private static IEnumerable<string> VaguelyNamed(IEnumerable<string> paths) =>
        paths.Where(static path => path.Split('/').Intersect(VagueRooms, StringComparer.OrdinalIgnoreCase).Any());

    private static IEnumerable<(string Path, string Text)> Sources() =>
        from file in Directory.EnumerateFiles(House.Root, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(House.Root, file).Replace('\\', '/')
        where !path.Split('/').Any(static folder => folder is "obj" or "bin" or "artifacts" or "node_modules" || folder.StartsWith('.'))
        where !path.StartsWith("tests/Architecture/", StringComparison.Ordinal)
        select (path, File.ReadAllText(file));
}
