using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace FoodDelivery.Adapters.Payments.Rest;

/// <summary>What the API page says of bodies that no parameter shows.</summary>
internal static class ApiDescription
{
    public static RouteHandlerBuilder TakesPayment(this RouteHandlerBuilder route) => route
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .AddOpenApiOperationTransformer(static (operation, _, _) =>
        {
            var schema = Object(
                ("orderId", Field(JsonSchemaType.Integer, "The order's number")),
                ("price", Field(JsonSchemaType.Integer, "The whole amount in won; another than was paid is a conflict")),
                ("action", Field(JsonSchemaType.String, "apply or cancel")),
                ("reason", Field(JsonSchemaType.String, "Why it is cancelled")));
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

    public static RouteHandlerBuilder ProducesPayments(this RouteHandlerBuilder route) => route
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .AddOpenApiOperationTransformer(static async (operation, context, cancellation) =>
        {
            var payment = await context.GetOrCreateSchemaAsync(typeof(PaymentAnswer), cancellationToken: cancellation);
            var list = new OpenApiSchema { Type = JsonSchemaType.Array, Items = payment };
            operation.Responses ??= [];
            operation.Responses["200"] = new OpenApiResponse
            {
                Description = "One page",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new() { Schema = Object(("_embedded", Object(("payments", list))), ("_links", Object()), ("page", Object())) },
                },
            };
        });

    private static OpenApiSchema Field(JsonSchemaType type, string description) => new() { Type = type, Description = description };

    private static OpenApiSchema Object(params (string Name, OpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = properties.ToDictionary(static property => property.Name, static IOpenApiSchema (property) => property.Schema, StringComparer.Ordinal),
    };
}
