using FoodDelivery.Ordering;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Adapters.Ordering.Rest;

/// <summary>Orders over REST: translation there and back, and no rule.</summary>
internal static class OrderRoutes
{
    public static async Task<IResult> Place(HttpContext context, PlaceOrderHandler placing)
    {
        if (IdempotencyKey.From(context.Request).IsError(out var refusal, out var key)
            || (await RequestBody.Read(context)).IsError(out refusal, out var body)
            || PlaceOrderBody.Read(body, Key(context, key)).IsError(out refusal, out var command))
        {
            return refusal.ToProblem();
        }

        var placed = await placing.Handle(command, context.AccessScope(), context.MessageContext(), context.RequestAborted);
        return placed.ToResult(static order => OrderFields.Resource(order).Created());
    }

    public static async Task<IResult> Get(long id, HttpContext context, GetOrderHandler getting) =>
        (await getting.Handle(new OrderId(id), context.AccessScope(), context.RequestAborted)).ToResult(OrderFields.Resource);

    public static async Task<IResult> List(HttpContext context, ListOrdersHandler listing)
    {
        if (Paging.From(context.Request).IsError(out var refusal, out var paging)
            || (await listing.Handle(
                new ListOrders(context.Request.Query["customerId"], Before: null, paging.Offset, paging.Size, Total.Cap + 1),
                context.AccessScope(),
                context.RequestAborted)).IsError(out refusal, out var page))
        {
            return refusal.ToProblem();
        }

        var path = page.Customer is null ? "/orders" : $"/orders?customerId={Uri.EscapeDataString(page.Customer)}";
        return Hal.Collection("orders", [.. page.Orders.Select(OrderFields.Resource)], paging, Total.OfLimited(page.Total), path);
    }

    public static async Task<IResult> Change(long id, HttpContext context, CancelOrderHandler cancelling)
    {
        if ((await RequestBody.Read(context)).IsError(out var refusal, out var body)
            || ChangeOrderBody.Read(body, new OrderId(id)).IsError(out refusal, out var command))
        {
            return refusal.ToProblem();
        }

        return await Cancel(command, context, cancelling);
    }

    public static Task<IResult> Delete(long id, HttpContext context, CancelOrderHandler cancelling) =>
        Cancel(new CancelOrder(new OrderId(id), context.Request.Query["reason"].ToString()), context, cancelling);

    private static async Task<IResult> Cancel(CancelOrder command, HttpContext context, CancelOrderHandler cancelling) =>
        (await cancelling.Handle(command, context.AccessScope(), context.MessageContext(), context.RequestAborted))
            .ToResult(static order => OrderFields.Resource(order).Accepted());

    private static RequestKey? Key(HttpContext context, IdempotencyKey key) =>
        key.Value is null ? null : new RequestKey(Caller.Of(context), key.Value);
}
