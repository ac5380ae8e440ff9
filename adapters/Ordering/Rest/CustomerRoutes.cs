using FoodDelivery.Ordering;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Ordering.Rest;

/// <summary>Customers over REST: they can be forgotten.</summary>
internal static class CustomerRoutes
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete("/customers/{customerId}", Erase)
            .AllowRoles(Roles.Customer)
            .WithTags("Customers")
            .WithSummary("Forget a customer: name, phone, addresses and texts, in every service")
            .WithDescription("What was ordered and paid stays under the customer's id. 409 as long as an order has not ended. The other services follow within seconds.")
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status409Conflict);

    private static async Task<IResult> Erase(string customerId, HttpContext context, EraseCustomerHandler erasing) =>
        (await erasing.Handle(new EraseCustomer(customerId), context.AccessScope(), context.MessageContext(), context.RequestAborted)).IsError(out var refusal)
            ? refusal.ToProblem()
            : Results.NoContent();
}
