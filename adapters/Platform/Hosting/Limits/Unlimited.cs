using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>Marks what is answered however much there is to do: probes, metrics.</summary>
internal sealed class Unlimited
{
    private static readonly Unlimited Mark = new();

    public static void Of(IEndpointConventionBuilder endpoint) => endpoint.Add(static builder => builder.Metadata.Add(Mark));
}
