using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Protos.Operations.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Proto = FoodDelivery.Protos.Operations.V1;

namespace FoodDelivery.Platform.Messaging.Operations;

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
