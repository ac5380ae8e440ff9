using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>
/// Waits until what a caller has to say is here: who opens many requests and says nothing in them gives no work, and must take nobody's place. How slow
/// they may be is the server's limit of data rates.
/// </summary>
internal static class Arrival
{
    // What is larger is worked on while it comes.
    private const long Enough = 32 * 1024;

    public static async ValueTask Of(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }
            || context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true })
        {
            return;
        }

        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(context.RequestAborted);
            var isEnough = read.IsCompleted || read.Buffer.Length >= Enough;
            body.AdvanceTo(read.Buffer.Start, isEnough ? read.Buffer.Start : read.Buffer.End);
            if (isEnough)
                return;
        }
    }
}
