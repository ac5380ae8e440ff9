using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FoodDelivery.Adapters.Payments.Provider;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Payments.Rest;

/// <summary>The simulated provider's dials, for an operator in Development.</summary>
internal static class SimulatorRoutes
{
    private const string Path = "/provider-simulator";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var simulator = routes.MapGroup(Path).WithTags("Provider simulator").AllowRoles(Roles.Operator);
        simulator.MapGet("", static (SimulatorDials dials) => Resource(dials.Current))
            .WithSummary("How the simulated payment provider behaves")
            .Produces<SimulatorSettings>();
        simulator.MapPut("", Turn)
            .WithSummary("Change how the simulated payment provider behaves; what is not named stays as it is")
            .Accepts<SimulatorSettings>("application/json")
            .Produces<SimulatorSettings>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> Turn(HttpContext context, SimulatorDials dials)
    {
        if ((await RequestBody.Read(context)).IsError(out var rejection, out var body)
            || !body.TryInteger(out var least, out rejection, "delayMinMs")
            || !body.TryInteger(out var most, out rejection, "delayMaxMs")
            || !TryShare(body, "declineRate", out var declines, out rejection)
            || !TryShare(body, "failureRate", out var fails, out rejection)
            || !body.TryInteger(out var above, out rejection, "declineAboveWon")
            || !body.TryFlag(out var hang, out rejection, "hang"))
        {
            return rejection.ToProblem();
        }

        var now = dials.Current;
        var turned = dials.Turn(new SimulatorSettings
        {
            DelayMinMs = least ?? now.DelayMinMs,
            DelayMaxMs = most ?? now.DelayMaxMs,
            DeclineRate = declines ?? now.DeclineRate,
            FailureRate = fails ?? now.FailureRate,
            DeclineAboveWon = above ?? now.DeclineAboveWon,
            Hang = hang ?? now.Hang,
        });
        return turned.ToResult(Resource);
    }

    private static HalResource Resource(SimulatorSettings settings) => Hal.Resource(settings, Path, "providerSimulator");

    private static bool TryShare(RequestBody body, string name, out double? share, [NotNullWhen(false)] out Error? rejection)
    {
        share = null;
        if (!body.TryText(out var text, out rejection, name) || text is null)
            return rejection is null;

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            share = number + 0.0; // which makes -0 a plain 0
        else
            rejection = Error.Invalid(name, $"{name} must be 0 to 1.");

        return rejection is null;
    }
}
