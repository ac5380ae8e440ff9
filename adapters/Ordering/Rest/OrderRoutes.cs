using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
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

        var placed = await placing.Place(command, context.AccessScope(), MessageContext(context), context.RequestAborted);
        return placed.ToResult(static order => OrderFields.Resource(order).Created());
    }

    public static async Task<IResult> Get(long id, HttpContext context, GetOrderHandler getting) =>
        (await getting.Get(new OrderId(id), context.AccessScope(), context.RequestAborted)).ToResult(OrderFields.Resource);

    public static async Task<IResult> List(HttpContext context, ListOrdersHandler listing)
    {
        if (Paging.From(context.Request).IsError(out var refusal, out var paging)
            || context.AccessScope().For(context.Request.Query["customerId"]).IsError(out refusal, out var named))
        {
            return refusal.ToProblem();
        }

        var customer = named.Length == 0 ? null : named;
        var page = await listing.Handle(new OrderSelection(customer, Before: null, paging.Offset, paging.Size), context.RequestAborted);
        if (page.IsError(out refusal, out var found))
            return refusal.ToProblem();

        var total = Total.OfLimited(await listing.Count(customer, Total.Cap + 1, context.RequestAborted));
        var path = customer is null ? "/orders" : $"/orders?customerId={Uri.EscapeDataString(customer)}";
        return Hal.Collection("orders", [.. found.Orders.Select(OrderFields.Resource)], paging, total, path);
    }

    public static async Task<IResult> Change(long id, HttpContext context, CancelOrderHandler cancelling, GetOrderHandler getting)
    {
        if ((await RequestBody.Read(context)).IsError(out var refusal, out var body)
            || ChangeOrderBody.Read(body, new OrderId(id)).IsError(out refusal, out var command))
        {
            return refusal.ToProblem();
        }

        return await Cancel(command, context, cancelling, getting);
    }

    public static Task<IResult> Delete(long id, HttpContext context, CancelOrderHandler cancelling, GetOrderHandler getting) =>
        Cancel(new CancelOrder(new OrderId(id), context.Request.Query["reason"].ToString()), context, cancelling, getting);

    private static async Task<IResult> Cancel(CancelOrder command, HttpContext context, CancelOrderHandler cancelling, GetOrderHandler getting) =>
        (await cancelling.Cancel(command, getting, context.AccessScope(), MessageContext(context), context.RequestAborted))
            .ToResult(static order => OrderFields.Resource(order).Accepted());

    private static RequestKey? Key(HttpContext context, IdempotencyKey key) =>
        key.Value is null ? null : new RequestKey(Caller.Of(context), key.Value);

    private static MessageContext MessageContext(HttpContext context) => context.MessageContext();
}
