using System.ComponentModel;
using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>How the owners of stores are told of orders.</summary>
internal static class OwnerRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/owners").WithTags("Owners");
        group.MapPut("/{storeId:long}/contact", Put)
            .AllowRoles(Roles.Owner)
            .WithName("PutOwnerContact")
            .WithSummary("How a store's owner is told that an order has arrived, from now on.")
            .Takes<OwnerContactBody>()
            .Produces<OwnerContactAnswer>()
            .Refuses(StatusCodes.Status400BadRequest);
        group.MapGet("/{storeId:long}/contact", Get)
            .AllowRoles(Roles.Owner)
            .WithName("GetOwnerContact")
            .WithSummary("How a store's owner is told; 404 as long as nobody has said.")
            .Produces<OwnerContactAnswer>()
            .Refuses(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Put(long storeId, HttpContext context, ChangeOwnerContactHandler handler)
    {
        // The use case decides this too; here it is asked before the body is, so that a stranger hears nothing of what is wrong with it.
        if (context.AccessScope().ForStore(storeId).IsError(out var refusal)
            || (await RequestBody.Read(context)).IsError(out refusal, out var body)
            || Read(new StoreId(storeId), body).IsError(out refusal, out var command))
        {
            return refusal.ToProblem();
        }

        return (await handler.Handle(command, context.AccessScope(), context.RequestAborted)).ToResult(contact => Resource(storeId, contact));
    }

    private static async Task<IResult> Get(long storeId, HttpContext context, GetOwnerContactHandler handler) =>
        (await handler.Handle(new GetOwnerContact(new StoreId(storeId)), context.AccessScope(), context.RequestAborted))
            .ToResult(contact => Resource(storeId, contact));

    private static Result<ChangeOwnerContact> Read(StoreId store, RequestBody body)
    {
        if (ContactFields.Read(body).IsError(out var refusal, out var said))
            return refusal;

        // The channel must be said; the refusal of none is that of a wrong one.
        return said.Channel is not { } channel && ContactWords.ParseChannel("").IsError(out refusal, out channel)
            ? refusal
            : new ChangeOwnerContact(store, said.Phone, channel, said.Language ?? Language.Korean);
    }

    private static HalResource Resource(long storeId, Contact contact) => Hal.Resource(
        new OwnerContactAnswer(storeId, contact.Phone.ToString().OrNull(), contact.IsConfirmed, contact.Channel.Word(), contact.Language.Word()),
        $"/owners/{storeId}/contact",
        "contact");

    private sealed record OwnerContactBody(
        [property: Description("A South Korean mobile number; may be absent for the channel none")] string? Phone,
        [property: Description("kakao, sms or none")] string Channel,
        [property: Description("ko (the default) or en")] string? Language);

    private sealed record OwnerContactAnswer(long StoreId, string? Phone, bool PhoneConfirmed, string Channel, string Language);
}
