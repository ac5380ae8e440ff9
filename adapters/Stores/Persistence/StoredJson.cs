using System.Text.Encodings.Web;
using System.Text.Json;

namespace FoodDelivery.Adapters.Stores.Persistence;

/// <summary>Lists in a column: JSON with camelCase names and Korean as it is. What is stored outlives this program: names in it never change.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;
}
