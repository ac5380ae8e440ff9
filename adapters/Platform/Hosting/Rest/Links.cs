using System.Text.Json;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>Links are paths without a host, so that they hold behind every door that a service is reached through.</summary>
internal static class Links
{
    public static void Write(Utf8JsonWriter writer, string relation, string path)
    {
        writer.WriteStartObject(relation);
        writer.WriteString("href", Escape(path));
        writer.WriteEndObject();
    }

    /// <summary>The path as a URI has it: Korean percent-encoded, what is escaped already left alone.</summary>
    public static string Escape(string path)
    {
        foreach (var character in path)
        {
            if (!char.IsAscii(character))
                return new Uri(new Uri("http://localhost"), path).PathAndQuery;
        }

        return path;
    }
}
