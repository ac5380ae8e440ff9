using System.Text.Json;
using System.Text.Json.Nodes;
using FoodDelivery.Services.Gateway.Routes;

namespace FoodDelivery.Services.Gateway.Describing;

/// <summary>The services' documents put together: of their paths those that are public, and of their schemas all, under names that say whose they are.</summary>
internal sealed class MergedDescription
{
    private const string SchemaPrefix = "#/components/schemas/";

    private readonly JsonObject _paths = [];
    private readonly JsonObject _schemas = [];
    private readonly JsonObject _security = [];

    /// <summary>Adds a service's document, if it has answered with one.</summary>
    public void Add(string service, JsonObject? document, IReadOnlyList<GatewayRoute> routes)
    {
        if (document?["paths"] is not JsonObject paths)
            return;

        foreach (var (path, item) in paths)
        {
            var open = Open(path, item as JsonObject, routes);
            if (open.Count > 0)
            {
                Own(open, service);
                _paths[path] = open;
            }
        }

        if (document["components"]?["schemas"] is JsonObject schemas)
        {
            foreach (var (name, schema) in schemas)
            {
                var own = schema?.DeepClone();
                Own(own, service);
                _schemas[$"{service}.{name}"] = own;
            }
        }

        if (document["components"]?["securitySchemes"] is JsonObject security)
        {
            foreach (var (name, scheme) in security)
                _security[name] = scheme?.DeepClone();
        }
    }

    public byte[] ToUtf8()
    {
        var components = new JsonObject { ["schemas"] = _schemas };
        if (_security.Count > 0)
            components["securitySchemes"] = _security;

        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "FoodDelivery", ["version"] = "1.0.0" },
            ["paths"] = _paths,
            ["components"] = components,
        });
    }

    // What all methods of a path share (parameters, a summary) stays with those that are public.
    private static JsonObject Open(string path, JsonObject? item, IReadOnlyList<GatewayRoute> routes)
    {
        var methods = routes.Where(route => Shape(route.Path) == Shape(path)).SelectMany(static route => route.Methods).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return methods.Count == 0 || item is null
            ? []
            : new JsonObject(item.Where(part => part.Value is not JsonObject || methods.Contains(part.Key)).Select(static part => new KeyValuePair<string, JsonNode?>(part.Key, part.Value?.DeepClone())));
    }

    // A parameter's name is the service's own affair.
    private static string Shape(string path) =>
        string.Join('/', path.TrimEnd('/').Split('/').Select(static segment => segment.StartsWith('{') ? "{}" : Uri.UnescapeDataString(segment)));

    private static void Own(JsonNode? node, string service)
    {
        switch (node)
        {
            case JsonObject thing:
                if (thing["$ref"]?.GetValueKind() == JsonValueKind.String && thing["$ref"]!.GetValue<string>() is var target && target.StartsWith(SchemaPrefix, StringComparison.Ordinal))
                    thing["$ref"] = $"{SchemaPrefix}{service}.{target[SchemaPrefix.Length..]}";

                foreach (var (_, part) in thing)
                    Own(part, service);

                break;
            case JsonArray list:
                foreach (var part in list)
                    Own(part, service);

                break;
            default:
                break;
        }
    }
}
