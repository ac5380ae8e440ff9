using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>What was sent to whom.</summary>
internal static class NotificationRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/notifications", List)
            .AllowRoles(Roles.Customer)
            .WithTags("Notifications")
            .WithName("ListNotifications")
            .WithSummary("What was sent to whom, oldest first; with orderId only that order's; a customer must name one of its own.")
            .Produces<NotificationAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> List(HttpContext context, ListNotificationsHandler handler)
    {
        const long all = 0;
        if (Paging.From(context.Request).IsError(out var refusal, out var paging)
            || !QueryInteger.TryRead(context.Request, "orderId", all, 1, long.MaxValue, out var orderId, out refusal))
        {
            return refusal.ToProblem();
        }

        OrderId? order = orderId == all ? null : new OrderId(orderId);
        var query = new PageNotifications(order, paging.Number, paging.Size);
        if ((await handler.Handle(query, context.AccessScope(), context.RequestAborted)).IsError(out refusal, out var page))
            return refusal.ToProblem();

        return Hal.Collection(
            "notifications",
            [.. page.Items.Select(static sent => Hal.Resource(
                NotificationAnswer.Of(sent), $"/notifications?orderId={sent.Notification.OrderId}", "notification"))],
            paging,
            new Total(page.Total, page.Capped),
            orderId == all ? "/notifications" : $"/notifications?orderId={orderId}");
    }
}
