using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Protos.Operations.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Proto = FoodDelivery.Protos.Operations.V1;

namespace FoodDelivery.Platform.Messaging.Operations;

/// <summary>What operators need of a service that consumes events.</summary>
public static class OperationsRoutes
{
    private const string Tag = "Operations";

    /// <summary>The dead letters, over gRPC and REST, where the service has any.</summary>
    public static void MapOperations(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(DeadLetters)))
        {
            endpoints.MapGrpcService<GrpcDeadLetters>();
            endpoints.MapGet(RestDeadLetters.Path, RestDeadLetters.List)
                .WithTags(Tag).WithSummary("The events that this service could not handle, oldest first.");
            endpoints.MapPost(RestDeadLetters.Path + "/replay", RestDeadLetters.Replay)
                .WithTags(Tag).WithSummary("Handles a consumer's parked events again: {consumer, key}; without a key, those of every key.");
        }
    }
}

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

/// <summary>The dead letters over gRPC.</summary>
internal sealed class GrpcDeadLetters(DeadLetters letters) : DeadLetterService.DeadLetterServiceBase
{
    public override async Task<ListDeadLettersResponse> ListDeadLetters(ListDeadLettersRequest request, ServerCallContext context)
    {
        var page = PageRequest.Of(request.PageSize, request.PageToken).ValueOrThrow();
        var found = await letters.List(page.Size + 1, page.After ?? 0, context.CancellationToken);
        return new ListDeadLettersResponse
        {
            DeadLetters = { found.Take(page.Size).Select(ToProto) },
            NextPageToken = page.Next(found, static letter => letter.Id),
        };
    }

    public override async Task<ReplayDeadLettersResponse> ReplayDeadLetters(ReplayDeadLettersRequest request, ServerCallContext context)
    {
        var replayed = (await letters.Replay(request.Consumer, request.Key, context.CancellationToken)).ValueOrThrow();
        return new ReplayDeadLettersResponse { Handled = replayed.Handled, StillParked = replayed.StillParked };
    }

    private static Proto.DeadLetter ToProto(Messaging.DeadLetter letter) => new()
    {
        Consumer = letter.Consumer,
        Topic = letter.Topic,
        Key = letter.Key,
        EventId = letter.EventId,
        EventType = letter.EventType,
        Error = letter.Error,
        ParkedAt = letter.ParkedAt.ToTimestamp(),
    };
}
