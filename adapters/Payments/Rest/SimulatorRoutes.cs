using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FoodDelivery.Adapters.Payments.Provider.Simulator;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Payments.Rest;

/// <summary>The simulated provider's settings, for an operator in Development.</summary>
internal static class SimulatorRoutes
{
    private const string Path = "/provider-simulator";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var simulator = routes.MapGroup(Path).WithTags("Provider simulator").AllowRoles(Roles.Operator);
        simulator.MapGet("", static (SimulatorControl control) => Resource(control.Current))
            .WithSummary("How the simulated payment provider behaves")
            .Produces<SimulatorSettings>();
        simulator.MapPut("", Change)
            .WithSummary("Change how the simulated payment provider behaves; what is not named stays as it is")
            .Accepts<SimulatorSettings>("application/json")
            .Produces<SimulatorSettings>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> Change(HttpContext context, SimulatorControl control)
    {
        if ((await RequestBody.Read(context)).IsError(out var rejection, out var body)
            || !body.TryInteger(out var min, out rejection, "delayMinMs")
            || !body.TryInteger(out var max, out rejection, "delayMaxMs")
            || !TryRate(body, "declineRate", out var declines, out rejection)
            || !TryRate(body, "failureRate", out var fails, out rejection)
            || !body.TryInteger(out var above, out rejection, "declineAboveWon")
            || !body.TryFlag(out var hang, out rejection, "hang"))
        {
            return rejection.ToProblem();
        }

        var now = control.Current;
        var changed = control.Change(new SimulatorSettings
        {
            DelayMinMs = min ?? now.DelayMinMs,
            DelayMaxMs = max ?? now.DelayMaxMs,
            DeclineRate = declines ?? now.DeclineRate,
            FailureRate = fails ?? now.FailureRate,
            DeclineAboveWon = above ?? now.DeclineAboveWon,
            Hang = hang ?? now.Hang,
        });
        return changed.ToResult(Resource);
    }

    private static HalResource Resource(SimulatorSettings settings) => Hal.Resource(settings, Path, "providerSimulator");

    private static bool TryRate(RequestBody body, string name, out double? rate, [NotNullWhen(false)] out Error? rejection)
    {
        rate = null;
        if (!body.TryText(out var text, out rejection, name) || text is null)
            return rejection is null;

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            rate = number + 0.0; // which makes -0 a plain 0
        else
            rejection = Error.Invalid(name, $"{name} must be 0 to 1.");

        return rejection is null;
    }
}
