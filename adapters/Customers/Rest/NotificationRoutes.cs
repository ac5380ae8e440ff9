using FoodDelivery.Customers.Ports;
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
    public static IEndpointRouteBuilder MapNotifications(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/notifications", List)
            .AllowRoles(Roles.Customer)
            .WithTags("Notifications")
            .WithName("ListNotifications")
            .WithSummary("What was sent to whom, oldest first; with orderId only that order's; a customer must name one of its own.")
            .Produces<NotificationAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        return routes;
    }

    private static async Task<IResult> List(HttpRequest request, INotifications notifications, IOrderStatuses statuses, CancellationToken cancellation)
    {
        const long all = 0;
        if (Paging.From(request).IsError(out var rejection, out var paging)
            || !QueryInteger.TryRead(request, "orderId", all, 1, long.MaxValue, out var orderId, out rejection))
        {
            return rejection.ToProblem();
        }

        OrderId? order = orderId == all ? null : new OrderId(orderId);
        var reach = request.HttpContext.AccessScope();
        if ((await statuses.Telling(order, "orderId", reach, cancellation)).IsError(out rejection))
            return rejection.ToProblem();
        var page = await notifications.SentPage(order, reach.Told(), paging.Number, paging.Size, cancellation);
        return Hal.Collection(
            "notifications",
            [.. page.Items.Select(static sent => Hal.Resource(
                NotificationAnswer.Of(sent), $"/notifications?orderId={sent.Notification.OrderId}", "notification"))],
            paging,
            new Total(page.Total, page.Capped),
            orderId == all ? "/notifications" : $"/notifications?orderId={orderId}");
    }
}
