using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>Members and their points.</summary>
internal static class MemberRoutes
{
    private static readonly FieldNames Names = new(("requestId", "Idempotency-Key"));
    private static readonly string[] ChangeMethods = [HttpMethods.Patch, HttpMethods.Put];

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/members").WithTags("Members");
        group.MapPost("", SignUp)
            .AllowRoles(Roles.Customer)
            .WithName("SignUp")
            .WithSummary("Sign up; the membership number collects points when it is named at an order. Repeated under the same Idempotency-Key it is the same member.")
            .Takes<MemberBody>()
            .Produces<MemberAnswer>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/{number}", Get)
            .AllowRoles(Roles.Customer)
            .WithName("GetMember")
            .WithSummary("A member.")
            .Produces<MemberAnswer>()
            .Refuses(StatusCodes.Status404NotFound);
        group.MapMethods("/{number}", ChangeMethods, Change)
            .AllowRoles(Roles.Customer)
            .WithName("ChangeMember")
            .WithSummary("Change the name, phone, channel (none to be left in peace) or language; what is absent stays.")
            .Takes<MemberBody>()
            .Produces<MemberAnswer>()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        group.MapDelete("/{number}", Withdraw)
            .AllowRoles(Roles.Customer)
            .WithName("WithdrawMember")
            .WithSummary("Withdraw: name and phone are forgotten, the number collects no points any more and is never issued again.")
            .Produces<MemberAnswer>()
            .Refuses(StatusCodes.Status404NotFound);
        group.MapGet("/{number}/points", Points)
            .AllowRoles(Roles.Customer)
            .WithName("GetPoints")
            .WithSummary("A member's points and where they come from, newest first; ?page=&size= for more of the history.")
            .Produces<PointsAnswer>()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> SignUp(HttpContext context, SignUpHandler handler)
    {
        if (IdempotencyKey.From(context.Request).IsError(out var refusal, out var key)
            || (await RequestBody.Read(context)).IsError(out refusal, out var body)
            || MemberBody.SignUp(body, key.Value is null ? null : new RequestKey(Caller.Of(context), key.Value)).IsError(out refusal, out var command))
        {
            return refusal.ToProblem();
        }

        var signedUp = await handler.Handle(command, context.AccessScope(), context.MessageContext(), context.RequestAborted);
        return signedUp.In(Names).ToResult(static member => MemberAnswer.Resource(member).Created());
    }

    private static async Task<IResult> Get(string number, HttpContext context, GetMemberHandler handler) =>
        (await handler.Handle(number, context.AccessScope(), context.RequestAborted)).ToResult(MemberAnswer.Resource);

    private static async Task<IResult> Change(string number, HttpContext context, ChangeMemberHandler handler)
    {
        if ((await RequestBody.Read(context)).IsError(out var refusal, out var body)
            || MemberBody.Change(body, number).IsError(out refusal, out var command))
        {
            return refusal.ToProblem();
        }

        var changed = await handler.Handle(command, context.AccessScope(), context.MessageContext(), context.RequestAborted);
        return changed.ToResult(MemberAnswer.Resource);
    }

    private static async Task<IResult> Withdraw(string number, HttpContext context, WithdrawHandler handler)
    {
        var withdrawn = await handler.Handle(new Withdraw(number), context.AccessScope(), context.MessageContext(), context.RequestAborted);
        return withdrawn.ToResult(MemberAnswer.Resource);
    }

    private static async Task<IResult> Points(string number, HttpContext context, GetPointsHandler handler) =>
        Paging.From(context.Request).IsError(out var refusal, out var paging)
            ? refusal.ToProblem()
            : (await handler.Handle(new GetPoints(number, paging.Number, paging.Size), context.AccessScope(), context.RequestAborted))
                .ToResult(account => PointsAnswer.Resource(account, paging));
}
