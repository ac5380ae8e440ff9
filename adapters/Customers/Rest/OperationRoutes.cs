using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Messaging.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>What operators do: see and retry messages that were given up, register the templates, rebuild the view.</summary>
internal static class OperationRoutes
{
    private const string Undelivered = "/operations/undelivered-notifications";

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/operations").WithTags("Operations").AllowRoles(Roles.Operator);
        group.MapGet("/undelivered-notifications", List)
            .WithName("ListUndeliveredNotifications")
            .WithSummary("The notifications that were given up after their last attempt, oldest first.")
            .ProducesPage<UndeliveredAnswer>("notifications")
            .Refuses(StatusCodes.Status400BadRequest);
        group.MapPost("/undelivered-notifications/retry", Retry)
            .WithName("RetryUndeliveredNotifications")
            .WithSummary("Tries those given up again: all of them, or the one whose number is in the body.")
            .Takes<RetryBody>()
            .Produces<RetryAnswer>()
            .Refuses(StatusCodes.Status400BadRequest);
        group.MapGet("/notification-templates", ListTemplates)
            .WithName("ListNotificationTemplates")
            .WithSummary("The templates that have to be registered for KakaoTalk, with #{…} where something is filled in.")
            .Produces<IReadOnlyList<MessageTemplate>>();
        app.MapRebuild<RebuildViewHandler>(
            "order-statuses",
            "RebuildOrderStatuses",
            "GetOrderStatusRebuild",
            "Builds the view of order statuses anew from the log; the present one serves until the new one is complete.");
    }

    private static async Task<IResult> List(HttpContext context, UndeliveredHandler handler)
    {
        if (Paging.From(context.Request).IsError(out var refusal, out var paging)
            || (await handler.Handle(new ListUndelivered(paging.Number, paging.Size), context.AccessScope(), context.RequestAborted))
                .IsError(out refusal, out var page))
        {
            return refusal.ToProblem();
        }

        return Hal.Collection(
            "notifications",
            [.. page.Items.Select(static one => Hal.Resource(UndeliveredAnswer.Of(one), Undelivered, "notification"))],
            paging,
            new Total(page.Total, page.Capped),
            Undelivered);
    }

    private static async Task<IResult> Retry(HttpContext context, UndeliveredHandler handler)
    {
        if ((await RequestBody.Read(context)).IsError(out var refusal, out var body) || !body.TryInteger(out var number, out refusal, "number"))
            return refusal.ToProblem();

        return (await handler.Handle(new RetryUndelivered(number), context.AccessScope(), context.RequestAborted)).IsError(out refusal, out var retried)
            ? refusal.ToProblem()
            : Results.Json(new RetryAnswer(retried), RestJson.Options);
    }

    private static IResult ListTemplates() => Results.Json(Templates.All, RestJson.Options);

    private sealed record RetryBody(long? Number);

    private sealed record RetryAnswer(long Retried);

    private sealed record UndeliveredAnswer(long Number, long OrderId, string Status, string Channel, string Recipient, string Text, int Attempts)
    {
        public static UndeliveredAnswer Of(UndeliveredNotification one) => new(
            one.Number, one.Notification.OrderId.Value, one.Notification.Status, one.Notification.Channel, one.Notification.Recipient,
            one.Notification.Text, one.Attempts);
    }
}
