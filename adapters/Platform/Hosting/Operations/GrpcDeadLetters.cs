using System.Globalization;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Rejections;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Protos.Operations.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Proto = FoodDelivery.Protos.Operations.V1;

namespace FoodDelivery.Platform.Hosting.Operations;

/// <summary>The dead letters over gRPC.</summary>
internal sealed class GrpcDeadLetters(DeadLetters letters) : DeadLetterService.DeadLetterServiceBase
{
    private const int UsualPage = 20;
    private const int LargestPage = 1000;

    public override async Task<ListDeadLettersResponse> ListDeadLetters(ListDeadLettersRequest request, ServerCallContext context)
    {
        if (request.PageSize is < 0 or > LargestPage)
        {
            throw Rejection.Invalid("page_size", $"page_size must be from 1 to {LargestPage}, or 0 for {UsualPage}.").ToRpcException();
        }

        long after = 0;
        if (request.PageToken.Length > 0 && !long.TryParse(request.PageToken, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            throw Rejection.Invalid("page_token", "page_token must come from the page before.").ToRpcException();
        }

        var size = request.PageSize == 0 ? UsualPage : request.PageSize;
        var page = await letters.List(size + 1, after, context.CancellationToken);
        return new ListDeadLettersResponse
        {
            DeadLetters = { page.Take(size).Select(ToProto) },
            NextPageToken = page.Count > size ? page[size - 1].Id.ToString(CultureInfo.InvariantCulture) : "",
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
