using System.Text.Json;
using FoodDelivery.Adapters.Payments.Provider.Toss;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Payments.Rest;

/// <summary>Where Toss Payments sends what happens to payments; mapped only where it is the provider.</summary>
internal static class TossWebhookRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/toss", Receive)
            .AllowWithoutToken()
            .WithTags("Webhooks")
            .WithSummary("Something has happened to a payment at Toss Payments")
            .WithDescription("A hint and no more: the payment is looked up at the provider, and settled by what that says")
            .Takes<TossEvent>()
            .Produces(StatusCodes.Status200OK)
            .Refuses(StatusCodes.Status400BadRequest);

    private static async Task<IResult> Receive(HttpContext context, TossWebhooks webhooks, CancellationToken cancellation)
    {
        var body = await RequestBody.ReadBytes(context);
        var headers = context.Request.Headers;
        if (!webhooks.IsAcceptable(body.Span, headers["tosspayments-webhook-transmission-time"], headers["tosspayments-webhook-signature"]))
            return new Refusal(StatusCodes.Status401Unauthorized, "SIGNATURE_WRONG", "The signature is not this body's.");

        TossEvent? happened;
        try
        {
            happened = JsonSerializer.Deserialize(body.Span, TossJson.Default.TossEvent);
        }
        catch (JsonException)
        {
            happened = null;
        }

        if (happened is null)
            return Error.Invalid("body", "The body must be an event as a JSON object.").ToProblem();

        return (await webhooks.Handle(happened, context.MessageContext(), cancellation)).IsError(out var rejection) ? rejection.ToProblem() : Results.Ok();
    }
}
