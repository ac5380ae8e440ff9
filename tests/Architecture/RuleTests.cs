namespace FoodDelivery.Tests.Architecture;

/// <summary>Each rule holds for the house as it stands, and each is shown to fail on a planted violation.</summary>
public sealed class RuleTests
{
    private static readonly House Built = House.Read();

    private static readonly Dictionary<string, (Func<House, IEnumerable<string>> Rule, Room Violation)> All = new(StringComparer.Ordinal)
    {
        [nameof(Rules.A_domain_references_the_kernel_alone)] =
            (Rules.A_domain_references_the_kernel_alone, Plant("domain/Ordering", reference: "domain/Payments")),
        [nameof(Rules.A_domain_has_no_package)] =
            (Rules.A_domain_has_no_package, Plant("domain/Ordering", package: "Dapper")),
        [nameof(Rules.An_adapter_references_its_own_domain_the_protos_and_the_platform)] =
            (Rules.An_adapter_references_its_own_domain_the_protos_and_the_platform, Plant("adapters/Ordering", reference: "adapters/Payments")),
        [nameof(Rules.A_context_does_not_know_the_kind_of_its_database)] =
            (Rules.A_context_does_not_know_the_kind_of_its_database, Plant("adapters/Ordering", storage: "Sqlite")),
        [nameof(Rules.The_platform_knows_no_context)] =
            (Rules.The_platform_knows_no_context, Plant("adapters/Platform/Messaging", reference: "domain/Ordering")),
        [nameof(Rules.A_service_references_one_context_and_the_platform)] =
            (Rules.A_service_references_one_context_and_the_platform, Plant("services/Order", reference: "domain/Ordering")),
        [nameof(Rules.Local_references_services_and_the_platform)] =
            (Rules.Local_references_services_and_the_platform, Plant("services/Local", reference: "adapters/Ordering")),
        [nameof(Rules.The_protos_know_nobody)] =
            (Rules.The_protos_know_nobody, Plant("protos", reference: "domain/Kernel")),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds(string rule) => Assert.Empty(All[rule].Rule(Built));

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_seen_to_fail(string rule) => Assert.NotEmpty(All[rule].Rule(new House([.. Built.Rooms, All[rule].Violation])));

    [Fact]
    public void The_house_was_read()
    {
        Assert.Contains(Built.Rooms, static room => room.Path == "domain/Ordering");
        Assert.Contains(Built.Rooms, static room => room.Path == "adapters/Ordering" && room.References.Contains("domain/Ordering"));
        Assert.Contains(Built.Rooms, static room => room.Path == "services/Local" && room.References.Contains("services/Order"));
    }

    private static Room Plant(string path, string? reference = null, string? package = null, string? storage = null) =>
        new(path, reference is null ? [] : [reference], package is null ? [] : [package], storage is null ? [] : [storage]);
}
