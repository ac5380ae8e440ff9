using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
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
