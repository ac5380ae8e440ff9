using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FoodDelivery.Tests.Architecture;

/// <summary>What the project files promise is read once more from the compiled domain, type by type.</summary>
public sealed class AssemblyTests
{
    private static readonly string[] Forbidden =
        ["System.IO", "System.Net", "System.Data", "System.Diagnostics.Process", "System.Threading.Thread", "System.Console", "Microsoft", "Google", "Grpc"];

    public static TheoryData<string> Domains => [.. Directory.EnumerateDirectories(Path.Combine(House.Root, "domain")).Select(static folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Domains))]
    public void A_domain_does_no_input_or_output(string context) => Assert.Empty(Offences(AssemblyOf(context)));

    [Theory]
    [MemberData(nameof(Domains))]
    public void A_domain_is_bound_to_the_base_library_and_the_kernel(string context) =>
        Assert.All(References(AssemblyOf(context)), static name =>
            Assert.True(name.StartsWith("System.", StringComparison.Ordinal) || name == "FoodDelivery.Kernel", name));

    [Fact]
    public void The_check_sees_input_and_output() => Assert.NotEmpty(Offences(typeof(House).Assembly.Location));

    [Fact]
    public void The_check_sees_a_foreign_assembly() => Assert.Contains("xunit.core", References(typeof(House).Assembly.Location));

    private static string AssemblyOf(string context) => Path.Combine(AppContext.BaseDirectory, $"FoodDelivery.{context}.dll");

    private static List<string> Offences(string assembly) => Read(assembly, static reader =>
        reader.TypeReferences
            .Select(reader.GetTypeReference)
            .Select(type => $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}")
            .Where(static type => Array.Exists(Forbidden, name => type == name || type.StartsWith(name + ".", StringComparison.Ordinal)))
            .Where(static type => !type.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
            .ToList());

    private static List<string> References(string assembly) => Read(assembly, static reader =>
        reader.AssemblyReferences.Select(reference => reader.GetString(reader.GetAssemblyReference(reference).Name)).ToList());

    private static T Read<T>(string assembly, Func<MetadataReader, T> read)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        return read(file.GetMetadataReader());
    }
}
