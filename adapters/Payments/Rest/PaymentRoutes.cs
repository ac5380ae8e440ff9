using FoodDelivery.Adapters.Payments.Provider.Simulator;
using FoodDelivery.Adapters.Payments.Provider.Toss;
using FoodDelivery.Payments;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Adapters.Payments.Rest;

/// <summary>The Payment context over REST.</summary>
internal static class PaymentRoutes
{
    /// <summary>What can be asked for by <c>action</c>.</summary>
    public const string Apply = "apply";
    public const string Cancel = "cancel";

    // As one of the systems that testers know spells it.
    private const string Misspelt = "cancle";

    private static readonly FieldNames Names = new(("amountWon", "price"));
    private static readonly string[] Paths = ["/payments", "/결제이력s"];

    /// <summary>Maps the payments, and what the chosen provider needs: customers' cards and its events, or in Development the simulator's settings.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in Paths)
        {
            var payments = routes.MapGroup(path).WithTags("Payments");
            payments.MapGet("", (HttpContext context, ListPaymentsHandler list) => List(context, list, path))
                .AllowRoles(Roles.Customer, Roles.Service)
                .WithSummary("The payments, newest first")
                .WithDescription("By their orders with ?sort=orderId,asc or desc. Only one order's with ?orderId=, only one customer's with ?customerId=; a customer sees its own alone")
                .ProducesPage<PaymentAnswer>("payments")
                .Refuses(StatusCodes.Status400BadRequest);
            payments.MapGet("{id:long}", Get)
                .AllowRoles(Roles.Customer, Roles.Service)
                .WithSummary("A payment")
                .Produces<PaymentAnswer>()
                .Refuses(StatusCodes.Status404NotFound);
            payments.MapPost("", Act)
                .AllowRoles(Roles.Operator)
                .WithSummary("Look up an order's payment (apply), or give the money back and so cancel the order (cancel)")
                .Takes<PaymentActionBody>()
                .Produces<PaymentAnswer>()
                .Refuses(
                    StatusCodes.Status400BadRequest,
                    StatusCodes.Status404NotFound,
                    StatusCodes.Status409Conflict,
                    StatusCodes.Status422UnprocessableEntity);
        }

        var registered = routes.ServiceProvider.GetRequiredService<IServiceProviderIsService>();
        if (registered.IsService(typeof(RegisterCardHandler)))
            CardRoutes.Map(routes);

        if (registered.IsService(typeof(TossWebhooks)))
            TossWebhookRoutes.Map(routes);

        if (registered.IsService(typeof(SimulatorControl)) && routes.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
            SimulatorRoutes.Map(routes);
    }

    private static async Task<IResult> List(HttpContext context, ListPaymentsHandler list, string path)
    {
        const long all = 0;
        if (Paging.From(context.Request, sortsByOrder: true).IsError(out var rejection, out var paging)
            || !QueryInteger.TryRead(context.Request, "orderId", all, 1, long.MaxValue, out var number, out rejection)
            || (await list.Handle(
                new ListPayments(
                    number == all ? null : new OrderId(number),
                    context.Request.Query["customerId"],
                    Before: null,
                    paging.Offset,
                    paging.Size,
                    Total.Cap + 1,
                    ByOrder: paging.ByOrder),
                context.AccessScope(),
                context.RequestAborted)).IsError(out rejection, out var page))
        {
            return rejection.ToProblem();
        }

        return Hal.Collection(
            "payments",
            [.. page.Payments.Select(PaymentAnswer.Resource)],
            paging,
            Total.OfLimited(page.Total),
            path + Question(context.Request.Query));
    }

    // What was asked for, so that the other pages are of the same.
    private static QueryString Question(IQueryCollection query) => QueryString.Create(
        query.Where(static asked => asked.Key is "orderId" or "customerId" && asked.Value is not [null or ""]));

    private static async Task<IResult> Get(long id, HttpContext context, GetPaymentHandler get) =>
        (await get.Handle(new PaymentId(id), context.AccessScope(), context.RequestAborted)).ToResult(PaymentAnswer.Resource);

    private static async Task<IResult> Act(HttpContext context, ConfirmPaymentHandler confirm, RefundPaymentHandler refund)
    {
        if (IdempotencyKey.From(context.Request).IsError(out var rejection)
            || (await RequestBody.Read(context)).IsError(out rejection, out var body)
            || !body.TryInteger(out var order, out rejection, "orderId", "주문번호")
            || !body.TryInteger(out var price, out rejection, "price", "가격")
            || !body.TryText(out var reason, out rejection, "reason", "사유")
            || !body.TryText(out var action, out rejection, "action")
            || !body.IsSpeltRight(out rejection))
        {
            return rejection.ToProblem();
        }

        if (order is not { } number)
            return Error.Invalid("orderId", "orderId must be the order's number.").ToProblem();

        var answer = action?.Trim().ToLowerInvariant() switch
        {
            Apply => await confirm.Handle(new ConfirmPayment(new OrderId(number), price), context.AccessScope(), context.RequestAborted),
            Cancel or Misspelt => await refund.Handle(
                new RefundPayment(new OrderId(number), reason ?? ""), context.AccessScope(), context.MessageContext(), context.RequestAborted),
            _ => Error.Invalid("action", $"action must be {Apply} or {Cancel}."),
        };
        return answer.In(Names).ToResult(payment => Located(context, payment));
    }

    private static HalResource Located(HttpContext context, Payment payment)
    {
        context.Response.Headers.Location = PaymentAnswer.Path(payment);
        return PaymentAnswer.Resource(payment);
    }
}
