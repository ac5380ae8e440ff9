namespace FoodDelivery.Tests.Architecture;

/// <summary>The dependency rules, each a sentence and a function from the house to its violations.</summary>
internal static class Rules
{
    private const string Platform = "adapters/Platform/";

    public static IEnumerable<string> A_domain_references_the_kernel_alone(House house) =>
        from room in house.Rooms
        where room.Path.StartsWith("domain/", StringComparison.Ordinal)
        from reference in room.References
        where reference != "domain/Kernel" || room.Path == "domain/Kernel"
        select $"{room.Path} references {reference}";

    public static IEnumerable<string> A_domain_has_no_package(House house) =>
        from room in house.Rooms
        where room.Path.StartsWith("domain/", StringComparison.Ordinal)
        from package in room.Packages
        select $"{room.Path} references the package {package}";

    public static IEnumerable<string> An_adapter_references_its_own_domain_the_protos_and_the_platform(House house) =>
        from room in house.Rooms
        where room.Path.StartsWith("adapters/", StringComparison.Ordinal) && !IsPlatform(room.Path)
        let own = "domain/" + Name(room.Path)
        from reference in room.References
        where reference != own && reference is not ("protos" or "domain/Kernel") && !IsPlatform(reference)
        select $"{room.Path} references {reference}";

    /// <summary>The service plugs the kinds of databases in; only the simulated provider, which plays somebody else, has a file of its own, and the order-status view a Redis.</summary>
    public static IEnumerable<string> A_context_does_not_know_the_kind_of_its_database(House house) =>
        from room in house.Rooms
        where room.Path.StartsWith("adapters/", StringComparison.Ordinal) && !IsPlatform(room.Path)
        from storage in room.Storages
        where (room.Path, storage) is not (("adapters/Payments", "Sqlite") or ("adapters/Customers", "Redis"))
        select $"{room.Path} uses {storage}";

    public static IEnumerable<string> The_platform_knows_no_context(House house) =>
        from room in house.Rooms
        where IsPlatform(room.Path)
        from reference in room.References
        where reference is not ("protos" or "domain/Kernel") && !IsPlatform(reference)
        select $"{room.Path} references {reference}";

    public static IEnumerable<string> A_service_references_one_context_and_the_platform(House house) =>
        from room in house.Rooms
        where room.Path.StartsWith("services/", StringComparison.Ordinal) && room.Path != "services/Local"
        let contexts = room.References.Where(reference => !IsPlatform(reference) && (reference, room.Path) is not ("protos", "services/Gateway")).ToList()
        where contexts.Count > 1 || contexts.Exists(reference => !reference.StartsWith("adapters/", StringComparison.Ordinal))
        select $"{room.Path} references {string.Join(", ", contexts)}";

    public static IEnumerable<string> Local_references_services_and_the_platform(House house) =>
        from room in house.Rooms
        where room.Path == "services/Local"
        from reference in room.References
        where !reference.StartsWith("services/", StringComparison.Ordinal) && !IsPlatform(reference)
        select $"{room.Path} references {reference}";

    public static IEnumerable<string> The_protos_know_nobody(House house) =>
        from room in house.Rooms
        where room.Path == "protos"
        from reference in room.References
        select $"{room.Path} references {reference}";

    private static bool IsPlatform(string path) => path.StartsWith(Platform, StringComparison.Ordinal);

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}
