using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Messaging.Operations;

/// <summary>The dead letters over REST.</summary>
internal static class RestDeadLetters
{
    public const string Path = "/operations/dead-letters";

    private const int Deepest = 10_000;

    public static async Task<IResult> List(HttpContext context, DeadLetters letters, CancellationToken cancellation)
    {
        if (Paging.From(context.Request).IsError(out var rejection, out var paging))
            return rejection.ToProblem();

        if (paging.Offset > Deepest)
            return Error.Invalid("page", $"Only the oldest {Deepest} can be looked through.").ToProblem();

        var page = (await letters.List((int)paging.Offset + paging.Size, 0, cancellation)).Skip((int)paging.Offset);
        return Hal.Collection("deadLetters", [.. page.Select(Resource)], paging, new Total(await letters.Count(cancellation)), Path);
    }

    public static async Task<IResult> Replay(HttpContext context, DeadLetters letters, CancellationToken cancellation)
    {
        if ((await RequestBody.Read(context)).IsError(out var rejection, out var body)
            || !body.TryText(out var consumer, out rejection, "consumer")
            || !body.TryText(out var key, out rejection, "key"))
        {
            return rejection.ToProblem();
        }

        return string.IsNullOrEmpty(consumer)
            ? Error.Invalid("consumer", "consumer must name one, as the list of dead letters shows it.").ToProblem()
            : (await letters.Replay(consumer, key, cancellation)).ToResult(static replayed => Results.Json(replayed, RestJson.Options));
    }

    private static HalResource Resource(DeadLetter letter) => Hal.Resource(
        new { letter.Consumer, letter.Topic, letter.Key, letter.EventId, letter.EventType, letter.Error, letter.ParkedAt }, Path, "deadLetter");
}
