using FoodDelivery.Adapters.Payments.Provider;
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
    private static readonly string[] Paths = ["/payments", "/결제이력s"];

    /// <summary>Maps the payments, and what the chosen provider needs: customers' cards, or in Development the simulator's dials.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var actions = ActivatorUtilities.CreateInstance<PaymentActions>(routes.ServiceProvider);
        foreach (var path in Paths)
        {
            var payments = routes.MapGroup(path).WithTags("Payments");
            payments.MapGet("", (HttpContext context, ListPaymentsHandler list) => List(context, list, path))
                .AllowRoles(Roles.Customer, Roles.Service)
                .WithSummary("The payments, newest first")
                .WithDescription("Only one order's with ?orderId=, only one customer's with ?customerId=; a customer sees its own alone")
                .ProducesPage<PaymentAnswer>("payments")
                .Refuses(StatusCodes.Status400BadRequest);
            payments.MapGet("{id:long}", Get)
                .AllowRoles(Roles.Customer, Roles.Service)
                .WithSummary("A payment")
                .Produces<PaymentAnswer>()
                .Refuses(StatusCodes.Status404NotFound);
            payments.MapPost("", actions.Act)
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

        if (registered.IsService(typeof(SimulatorDials)) && routes.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
            SimulatorRoutes.Map(routes);
    }

    private static async Task<IResult> List(HttpContext context, ListPaymentsHandler list, string path)
    {
        const long all = 0;
        if (Paging.From(context.Request).IsError(out var rejection, out var paging)
            || !QueryInteger.TryRead(context.Request, "orderId", all, 1, long.MaxValue, out var number, out rejection)
            || (await list.Handle(
                new ListPayments(
                    number == all ? null : new OrderId(number),
                    context.Request.Query["customerId"],
                    Before: null,
                    paging.Offset,
                    paging.Size,
                    Total.Cap + 1),
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
}
