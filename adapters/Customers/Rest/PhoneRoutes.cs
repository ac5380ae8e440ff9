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

/// <summary>Confirming the telephones of members and of owners.</summary>
internal static class PhoneRoutes
{
    private const string OfMember = "/members/{number}/phoneConfirmations";
    private const string OfOwner = "/owners/{storeId:long}/contact/phoneConfirmations";
    private static readonly string[] ConfirmMethods = [HttpMethods.Patch, HttpMethods.Put];

    public static void Map(IEndpointRouteBuilder app)
    {
        Describe(app.MapPost(OfMember, SendToMember), Roles.Customer, "Members", "SendPhoneCode");
        DescribeConfirming(app.MapMethods(OfMember, ConfirmMethods, ConfirmMember), Roles.Customer, "Members", "ConfirmPhone");
        Describe(app.MapPost(OfOwner, SendToOwner), Roles.Owner, "Owners", "SendOwnerPhoneCode");
        DescribeConfirming(app.MapMethods(OfOwner, ConfirmMethods, ConfirmOwner), Roles.Owner, "Owners", "ConfirmOwnerPhone");
    }

    private static void Describe(RouteHandlerBuilder route, string role, string tag, string name) => route
        .AllowRoles(role)
        .WithTags(tag)
        .WithName(name)
        .WithSummary("Sends six digits to the phone; no other message goes there before it is confirmed by them. A code that was sent before is good for nothing then.")
        .Produces<PhoneAnswer>(StatusCodes.Status202Accepted)
        .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);

    private static void DescribeConfirming(RouteHandlerBuilder route, string role, string tag, string name) => route
        .AllowRoles(role)
        .WithTags(tag)
        .WithName(name)
        .WithSummary("Confirms the phone by the code that was sent there; 409 where a new one must be asked for.")
        .Takes<PhoneBody>()
        .Produces<PhoneAnswer>()
        .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);

    private static Task<IResult> SendToMember(string number, HttpContext context, ConfirmPhoneHandler handler) => Send(Member(number), context, handler);

    private static Task<IResult> SendToOwner(long storeId, HttpContext context, ConfirmPhoneHandler handler) => Send(Owner(storeId), context, handler);

    private static Task<IResult> ConfirmMember(string number, HttpContext context, ConfirmPhoneHandler handler) => Confirm(Member(number), context, handler);

    private static Task<IResult> ConfirmOwner(long storeId, HttpContext context, ConfirmPhoneHandler handler) => Confirm(Owner(storeId), context, handler);

    private static PhoneHolder Member(string number) => new(RecipientRole.Customer, number);

    private static PhoneHolder Owner(long store) => new(RecipientRole.Owner, new StoreId(store).ToString());

    private static async Task<IResult> Send(PhoneHolder holder, HttpContext context, ConfirmPhoneHandler handler) =>
        (await handler.Handle(new SendPhoneCode(holder, Caller.Of(context)), context.AccessScope(), context.RequestAborted))
            .ToResult(state => Resource(context, state).Accepted());

    private static async Task<IResult> Confirm(PhoneHolder holder, HttpContext context, ConfirmPhoneHandler handler)
    {
        if ((await RequestBody.Read(context)).IsError(out var refusal, out var body) || !body.TryText(out var code, out refusal, "code", "인증번호"))
            return refusal.ToProblem();

        return (await handler.Handle(new ConfirmPhone(holder, code ?? ""), context.AccessScope(), context.RequestAborted))
            .ToResult(state => Resource(context, state));
    }

    private static HalResource Resource(HttpContext context, PhoneState state) => Hal.Resource(
        new PhoneAnswer(state.Phone.ToString(), state.ConfirmedAt is not null, state.Code?.ExpiresAt, state.Code?.TriesLeft),
        context.Request.Path.Value!,
        "phoneConfirmation");

    private sealed record PhoneBody([property: Description("Six digits; also 인증번호")] string Code);

    /// <summary>Where a phone's confirmation is; of the code that is waited for, when it expires and how many wrong ones may still come.</summary>
    private sealed record PhoneAnswer(string Phone, bool Confirmed, DateTimeOffset? CodeExpiresAt, int? TriesLeft);
}
