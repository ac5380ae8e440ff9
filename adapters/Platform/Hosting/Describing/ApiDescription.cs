using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;

namespace FoodDelivery.Platform.Hosting.Describing;

/// <summary>The REST routes as an OpenAPI document, and a page to try them.</summary>
internal static class ApiDescription
{
    private const string Document = "/openapi/v1.json";

    public static IServiceCollection AddApiDescription(this IServiceCollection services, string service) => services.AddOpenApi(description =>
    {
        description.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = $"FoodDelivery {service}";
            return Task.CompletedTask;
        });
        description.AddSchemaTransformer(static (schema, context, _) =>
        {
            // The house's own converter hides from the generator that an instant is written as a text.
            if (context.JsonTypeInfo.Type == typeof(DateTimeOffset))
                schema.Type = JsonSchemaType.String;

            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this WebApplication app)
    {
        // The gateway shows the public's part of it to whoever has a token, and asks with that token.
        app.MapOpenApi().AllowEveryRole();
        if (app.Environment.IsDevelopment())
            app.MapApiPage();
    }

    /// <summary>The page alone, for whoever has a document of its own.</summary>
    public static void MapApiPage(this WebApplication app) => app.UseSwaggerUI(static page => page.SwaggerEndpoint(Document, "v1"));
}

/// <summary>Tells the API's description what the handlers' signatures do not show.</summary>
public static class RouteDescription
{
    private static readonly string[] BodyTypes = ["application/json", "application/x-www-form-urlencoded"];

    /// <summary>The body that is read by hand, in either form.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route) => route.AddOpenApiOperationTransformer(
        static async (operation, context, cancellation) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(T), cancellationToken: cancellation);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = BodyTypes.ToDictionary(static type => type, _ => new OpenApiMediaType { Schema = schema }, StringComparer.Ordinal),
            };
        });

    /// <summary>The refusals that are possible, as problem details.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            route.ProducesProblem(status);

        return route;
    }

    /// <summary>A page of a collection in HAL.</summary>
    public static RouteHandlerBuilder ProducesPage<T>(this RouteHandlerBuilder route, string name) => route.AddOpenApiOperationTransformer(
        async (operation, context, cancellation) =>
        {
            var item = await context.GetOrCreateSchemaAsync(typeof(T), cancellationToken: cancellation);
            var list = new OpenApiSchema { Type = JsonSchemaType.Array, Items = item };
            operation.Responses ??= [];
            operation.Responses["200"] = new OpenApiResponse
            {
                Description = "One page",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new() { Schema = Object(("_embedded", Object((name, list))), ("_links", Object()), ("page", Object())) },
                },
            };
        });

    private static OpenApiSchema Object(params ReadOnlySpan<(string Name, IOpenApiSchema Schema)> properties)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) };
        foreach (var (name, property) in properties)
            schema.Properties.Add(name, property);

        return schema;
    }
}
