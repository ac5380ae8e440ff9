using System.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace FoodDelivery.Tests.Grpc.Api;

/// <summary>Nothing of ours is missing in the official packages, so what compiles here compiles there.</summary>
public class PublicApiTests
{
    static readonly Surface _ours = Surface.Read(typeof(GrpcChannel).Assembly.Location);
    static readonly Surface _core = Surface.Read(typeof(Metadata).Assembly.Location);
    static readonly Surface _server = Surface.Read(Official("Grpc.AspNetCore.Server"));
    static readonly Surface _client = Surface.Read(Official("Grpc.Net.Client"));

    static string Official(string package)
    {
        var root = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key.Equals("NuGetPackageRoot", StringComparison.Ordinal)).Value!;
        return Path.Combine(root, package.ToLowerInvariant(), "2.85.0", "lib", "net10.0", $"{package}.dll");
    }

    [Fact]
    public void Every_member_of_ours_is_one_of_the_official_types()
    {
        Assert.NotEmpty(_ours.Types.Keys.Intersect(_client.Types.Keys, StringComparer.Ordinal));
        Assert.Empty(Subset.Extras(_ours, _server));
        Assert.Empty(Subset.Extras(_ours, _client));
    }

    [Fact]
    public void Every_type_of_ours_is_one_of_an_official_package()
    {
        var known = Packages.Types.Concat(_server.Types.Keys).Concat(_client.Types.Keys).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(_ours.Types.Keys, type => !known.Contains(type) && !Packages.IsGenerated(type));
    }

    [Fact]
    public void A_planted_member_type_or_change_is_found()
    {
        var channel = _ours.Types["Grpc.Net.Client.GrpcChannel"];
        var member = new SurfaceMember("Extra", "Void Extra()", "", IsPublic: true, IsOverridable: false, Optional: 0);
        var renamed = channel.Members.Single(candidate => candidate.Signature.Contains("ForAddress(String)", StringComparison.Ordinal)) with { Parameters = "uri" };
        var planted = new Surface(new Dictionary<string, SurfaceType>(_ours.Types, StringComparer.Ordinal)
        {
            ["Grpc.Net.Client.GrpcChannel"] = channel with { IsSealed = false, Members = [.. channel.Members.Where(kept => kept.Signature != renamed.Signature), renamed, member] },
            ["Grpc.Net.Client.Extra"] = channel with { Name = "Grpc.Net.Client.Extra" },
        });

        var extras = Subset.Extras(planted, _client).ToList();

        Assert.Equal(3, extras.Count);
        Assert.Contains("Grpc.Net.Client.GrpcChannel: Void Extra()", extras);
        Assert.Contains("Grpc.Net.Client.Extra", Subset.ExtraTypes(planted, _client));
        Assert.DoesNotContain("Grpc.Net.Client.Extra", Subset.ExtraTypes(_ours, _client));
    }

    [Fact]
    public void Whatever_only_one_real_surface_has_is_found()
    {
        var channel = _client.Types["Grpc.Net.Client.GrpcChannel"];
        var poorer = _client.Types.Where(type => !type.Key.EndsWith(".Resolver", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        poorer[channel.Name] = channel with { Members = [.. channel.Members.Where(member => !member.Name.Equals("ConnectAsync", StringComparison.Ordinal))] };

        Assert.Contains("ConnectAsync", Assert.Single(Subset.Extras(_client, new Surface(poorer))), StringComparison.Ordinal);
        Assert.Equal(["Grpc.Net.Client.Balancer.Resolver"], Subset.ExtraTypes(_client, new Surface(poorer)));
    }

    [Theory]
    [InlineData("Grpc.AspNetCore.Server", "Grpc.Core.Api")]
    [InlineData("Grpc.Net.Client", "Grpc.Core.Api")]
    [InlineData("Grpc.AspNetCore.Server", "Grpc.Net.Common")]
    [InlineData("Grpc.Net.Client", "Grpc.Net.Common")]
    public void What_the_official_packages_use_of_the_unread_ones_looks_the_same_here(string package, string used)
    {
        var imports = Imports.Read(Official(package), used);

        var different =
            from member in imports.Members
            where _core.Types.ContainsKey(member.Type)
            let same = _core.Types[member.Type].Members.Where(ours => ours.Name.Equals(member.Name, StringComparison.Ordinal)).ToList()
            where same.Count > 0 && !same.Exists(ours => ours.Signature.Equals(member.Signature, StringComparison.Ordinal))
            select $"{member.Type}: {member.Signature}";

        Assert.NotEmpty(imports.Types);
        Assert.Empty(different);
    }
}
