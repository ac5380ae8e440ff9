using System.Text.Json;
using System.Text.RegularExpressions;

namespace FoodDelivery.Tests.Architecture;

/// <summary>Every service describes itself in one file, and what is deployed agrees with it.</summary>
public sealed class DescriptionTests
{
    // It hosts the others.
    private const string Local = "Local";

    private static readonly string[] Names =
    [
        .. Directory.EnumerateFiles(Path.Combine(House.Root, "services"), "*.csproj", SearchOption.AllDirectories)
            .Select(static file => Path.GetFileName(Path.GetDirectoryName(file)!)).Where(static name => name != Local),
    ];

    public static TheoryData<string> All => [.. Names];

    [Theory]
    [MemberData(nameof(All))]
    public void A_service_describes_itself(string service)
    {
        using var description = Describe(service);

        Assert.True(description.RootElement.GetProperty("Services").GetProperty(service).GetProperty("StopOrder").GetInt32() > 0);
        Assert.InRange(Port(description, service, "RestPort")!.Value, 1, 65535);
        if (description.RootElement.TryGetProperty("Gateway", out var gateway) && gateway.TryGetProperty("Routes", out var routes))
            Assert.All(routes.EnumerateObject(), route => Assert.StartsWith($"{service} ", route.Value.GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void No_two_share_a_port()
    {
        var ports = Names.SelectMany(static service =>
        {
            using var description = Describe(service);
            return new[] { Port(description, service, "RestPort"), Port(description, service, "GrpcPort") };
        }).OfType<int>().ToList();

        Assert.Equal(ports.Distinct().Count(), ports.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Compose_runs_it_on_its_ports(string service) => Assert.Empty(MissingFromCompose(service, Deployed("compose/compose.yaml")));

    [Theory]
    [MemberData(nameof(All))]
    public void Prometheus_asks_it(string service) => Assert.Empty(MissingFromPrometheus(service, Deployed("prometheus/prometheus.yml")));

    [Fact]
    public void The_readme_has_no_other_ports()
    {
        var readme = File.ReadAllText(Path.Combine(House.Root, "README.md"));
        Assert.Empty(OtherPorts(readme));
        Assert.Single(OtherPorts(readme.Replace("| Order | 8081 | 9081 |", "| Order | 8081 | 9091 |", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_missing_is_seen()
    {
        Assert.NotEmpty(MissingFromCompose("Order", Deployed("compose/compose.yaml").Replace("http://order:8081", "http://order:8091", StringComparison.Ordinal)));
        Assert.NotEmpty(MissingFromPrometheus("Order", Deployed("prometheus/prometheus.yml").Replace("8081", "8091", StringComparison.Ordinal)));
    }

    [Fact]
    public void Compose_has_no_secret_of_its_own()
    {
        var compose = Deployed("compose/compose.yaml");
        Assert.Empty(Defaults(compose));
        Assert.NotEmpty(Defaults(compose.Replace("${SERVICE_SECRET:?", "${SERVICE_SECRET:-", StringComparison.Ordinal)));

        static IEnumerable<string> Defaults(string compose) =>
            Regex.Matches(compose, @"\$\{\w*(SECRET|PASSWORD|KEY)\w*:-[^}]+\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Select(static match => match.Value);
    }

    [Fact]
    public void Every_role_of_a_database_has_its_password()
    {
        var compose = Deployed("compose/compose.yaml");
        Assert.Empty(WithoutPassword(compose));
        Assert.Equal(["store"], WithoutPassword(compose.Replace("      STORE_DB_PASSWORD: ", "      SHOP_DB_PASSWORD: ", StringComparison.Ordinal)));

        static IEnumerable<string> WithoutPassword(string compose) =>
            Regex.Matches(compose, @"Username=food_(?<role>\w+);", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Select(static match => match.Groups["role"].Value)
                .Where(role => !compose.Contains($"      {role.ToUpperInvariant()}_DB_PASSWORD: ${{{role.ToUpperInvariant()}_DB_PASSWORD:?", StringComparison.Ordinal));
    }

    // Of the rows that begin with a service's name.
    private static IEnumerable<string> OtherPorts(string readme) =>
        Regex.Matches(readme, @"^\| (?<name>\w+)[^|]* \| (?<rest>\d+) \| (?<grpc>\d*) ?\|.*$", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)
            .Where(static row => Names.Contains(row.Groups["name"].Value))
            .Where(static row =>
            {
                using var description = Describe(row.Groups["name"].Value);
                return row.Groups["rest"].Value != $"{Port(description, row.Groups["name"].Value, "RestPort")}" || row.Groups["grpc"].Value != $"{Port(description, row.Groups["name"].Value, "GrpcPort")}";
            })
            .Select(static row => row.Value);

    private static IEnumerable<string> MissingFromCompose(string service, string compose)
    {
        using var description = Describe(service);
        var (name, rest, grpc) = (service.ToLowerInvariant(), Port(description, service, "RestPort"), Port(description, service, "GrpcPort"));
        List<string> lines = [$"  {name}:\n", $"healthy, \"{rest}\"]"];
        if (service is not "Gateway")
        {
            lines.Add($"{service}__RestAddresses: http://{name}:{rest}\n");
            if (grpc is not null)
                lines.Add($"{service}__Addresses: http://{name}:{grpc}\n");
        }

        return lines.Where(line => !compose.Contains(line, StringComparison.Ordinal));
    }

    // Development's authorization server is nobody's to watch.
    private static IEnumerable<string> MissingFromPrometheus(string service, string prometheus)
    {
        using var description = Describe(service);
        var target = $"- targets: [\"localhost:{Port(description, service, "RestPort")}\"]\n        labels: {{ service: {service.ToLowerInvariant()} }}\n";
        return service is "Identity" || prometheus.Contains(target, StringComparison.Ordinal) ? [] : [target];
    }

    private static int? Port(JsonDocument description, string service, string name) =>
        description.RootElement.GetProperty(service).TryGetProperty(name, out var port) ? port.GetInt32() : null;

    private static JsonDocument Describe(string service) => JsonDocument.Parse(File.ReadAllText(Path.Combine(House.Root, "services", service, $"{service}.service.json")));

    private static string Deployed(string file) => File.ReadAllText(Path.Combine(House.Root, "deploy", file));
}
