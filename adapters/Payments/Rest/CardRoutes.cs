using FoodDelivery.Payments;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Payments.Rest;

/// <summary>The cards that customers are charged with, where the provider wants them registered.</summary>
internal static class CardRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/cards/{customerId}", Register)
            .AllowRoles(Roles.Customer)
            .WithTags("Cards")
            .WithSummary("Register the card that a customer's orders are charged to")
            .WithDescription("With what the provider's card page handed back to the browser")
            .Takes<CardBody>()
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status422UnprocessableEntity);
        routes.MapDelete("/cards/{customerId}", Remove)
            .AllowRoles(Roles.Customer)
            .WithTags("Cards")
            .WithSummary("Forget a customer's card; there may be none")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Remove(string customerId, HttpContext context, RemoveCardHandler remove) =>
        (await remove.Handle(new RemoveCard(customerId), context.AccessScope(), context.RequestAborted)).IsError(out var refusal)
            ? refusal.ToProblem()
            : Results.NoContent();

    private static async Task<IResult> Register(string customerId, HttpContext context, RegisterCardHandler register, CancellationToken cancellation)
    {
        // The use case decides this too; here it is asked before the body is read, so that a stranger hears nothing of what is wrong with it.
        if (context.AccessScope().For(customerId).IsError(out var rejection)
            || (await RequestBody.Read(context)).IsError(out rejection, out var body)
            || !body.TryText(out var customerKey, out rejection, "customerKey")
            || !body.TryText(out var authKey, out rejection, "authKey")
            || (await register.Handle(new RegisterCard(customerId, customerKey, authKey), context.AccessScope(), cancellation)).IsError(out rejection))
        {
            return rejection.ToProblem();
        }

        return Results.NoContent();
    }
}
