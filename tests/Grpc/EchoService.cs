using FoodDelivery.Tests.Grpc.Echo;
using Grpc.Core;

namespace FoodDelivery.Tests.Grpc;

/// <summary>Answers what it is told. Some texts ask it for a failure.</summary>
sealed class EchoHandler(Observed observed) : EchoService.EchoServiceBase
{
    public override async Task<SayResponse> Say(SayRequest request, ServerCallContext context)
    {
        observed.Handling(context);
        await PauseAsync(request, context);
        switch (request.Text)
        {
            case "refuse":
                var trailers = new Metadata { { "reason", "closed" }, { "detail-bin", [1, 2, 250] } };
                throw new RpcException(new Status(StatusCode.FailedPrecondition, "이미 닫힘 100%\n🍕"), trailers);
            case "crash":
                throw new InvalidTimeZoneException("the secret");
            case "cancelled":
                throw new OperationCanceledException();
            case "null":
                return null!;
            case "status":
                context.Status = new Status(StatusCode.NotFound, "set, not thrown");
                break;
            case "hang":
                await observed.HangAsync();
                break;
            case "headers":
                await context.WriteResponseHeadersAsync(new Metadata { { "early", "yes" }, { "early-bin", [0, 255] } });
                context.ResponseTrailers.Add("late", "yes");
                context.ResponseTrailers.Add("late-bin", [9, 8]);
                break;
        }

        return new SayResponse { Text = request.Text, Number = 1, Payload = request.Payload };
    }

    public override async Task SayOften(SayRequest request, IServerStreamWriter<SayResponse> responseStream, ServerCallContext context)
    {
        observed.Handling(context);
        for (var number = 1; number <= request.Times; number++)
        {
            await PauseAsync(request, context);
            await responseStream.WriteAsync(new SayResponse { Text = request.Text, Number = number, Payload = request.Payload });
            observed.Written = number;
        }

        if (request.Text.Equals("refuse", StringComparison.Ordinal))
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "enough"), new Metadata { { "reason", "tired" } });
        }
    }

    public override async Task<SayResponse> Collect(IAsyncStreamReader<SayRequest> requestStream, ServerCallContext context)
    {
        observed.Handling(context);
        var texts = new List<string>();
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            if (request.Text.Equals("refuse", StringComparison.Ordinal))
            {
                throw new RpcException(new Status(StatusCode.InvalidArgument, "not that one"));
            }

            texts.Add(request.Text);
        }

        return new SayResponse { Text = string.Join(' ', texts), Number = texts.Count };
    }

    public override async Task Converse(
        IAsyncStreamReader<SayRequest> requestStream, IServerStreamWriter<SayResponse> responseStream, ServerCallContext context)
    {
        observed.Handling(context);
        var number = 0;
        while (await requestStream.MoveNext(CancellationToken.None))
        {
            await responseStream.WriteAsync(new SayResponse { Text = requestStream.Current.Text, Number = ++number });
        }
    }

    static Task PauseAsync(SayRequest request, ServerCallContext context) =>
        request.DelayMs == 0 ? Task.CompletedTask : Task.Delay(request.DelayMs, context.CancellationToken);
}
