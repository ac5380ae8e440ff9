using System.Globalization;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Rejections;
using FoodDelivery.Platform.Rest;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>Answers from the view, in whichever words.</summary>
internal static class ViewPages
{
    public static async Task<IResult> List(
        HttpRequest request,
        IOrderStatuses statuses,
        string? customerId,
        string name,
        Func<OrderStatusView, HalResource> resource,
        CancellationToken cancellation)
    {
        if (Paging.From(request).IsRejected(out var rejection, out var paging))
            return rejection.ToProblem();
        var customer = string.IsNullOrEmpty(customerId) ? null : customerId;
        var page = await statuses.Page(customer, paging.Number, paging.Size, cancellation);
        var path = customer is null ? $"/{name}" : $"/{name}?customerId={Uri.EscapeDataString(customer)}";
        return Hal.Collection(name, [.. page.Items.Select(resource)], paging, new Total(page.Total, page.Capped), path);
    }

    public static async Task<IResult> Get(
        string orderId, IOrderStatuses statuses, Func<OrderStatusView, HalResource> resource, CancellationToken cancellation)
    {
        if (!long.TryParse(orderId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return Rejection.Invalid("orderId", "An order's number is a whole number.").ToProblem();
        return (await statuses.Get(new OrderId(number), cancellation)).ToResult(resource);
    }
}
