using System.Text.Json;

namespace FoodDelivery.Tests.Support.Rest;

/// <summary>Reads whole collections, page by page.</summary>
public static class Collections
{
    private const int Size = 1000;

    /// <summary>Every member, in the order of the collection. Meant for a system at rest: what arrives meanwhile may be seen twice.</summary>
    public static async Task<IReadOnlyList<JsonElement>> All(this RestClient client, string path, string name)
    {
        var all = new List<JsonElement>();
        for (var page = 0; ; page++)
        {
            var members = (await client.Get($"{path}?size={Size}&page={page}")).Expect(200).Members(name);
            all.AddRange(members);
            if (members.Count < Size)
                return all;
        }
    }

    /// <summary>A whole number of a resource.</summary>
    public static long Number(this JsonElement resource, string field) => resource.GetProperty(field).GetInt64();

    /// <summary>A text of a resource; empty where it has none.</summary>
    public static string Word(this JsonElement resource, string field) =>
        resource.TryGetProperty(field, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString()! : string.Empty;
}
