using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>What the API page says of bodies that no parameter shows.</summary>
internal static class ApiDescription
{
    /// <summary>The fields of the body, JSON or a form.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, params (string Name, string Description)[] fields) =>
        route.ProducesProblem(StatusCodes.Status400BadRequest).AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = fields.ToDictionary(
                    static field => field.Name,
                    static IOpenApiSchema (field) => new OpenApiSchema { Description = field.Description },
                    StringComparer.Ordinal),
            };
            operation.RequestBody = new OpenApiRequestBody
            {
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new() { Schema = schema },
                    ["application/x-www-form-urlencoded"] = new() { Schema = schema },
                },
            };
            return Task.CompletedTask;
        });

    /// <summary>A page of a collection.</summary>
    public static RouteHandlerBuilder ProducesCollection(this RouteHandlerBuilder route, string name, Type fields) => route
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .AddOpenApiOperationTransformer(async (operation, context, cancellation) =>
        {
            var item = await context.GetOrCreateSchemaAsync(fields, cancellationToken: cancellation);
            var list = new OpenApiSchema { Type = JsonSchemaType.Array, Items = item };
            operation.Responses ??= [];
            operation.Responses["200"] = new OpenApiResponse
            {
                Description = "One page",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new()
                    {
                        Schema = Object(("_embedded", Object((name, list))), ("_links", Object()), ("page", Object())),
                    },
                },
            };
        });

    private static OpenApiSchema Object(params (string Name, IOpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = properties.ToDictionary(static property => property.Name, static property => property.Schema, StringComparer.Ordinal),
    };
}
