using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>Takes messages off a request's body.</summary>
static class RequestReading
{
    /// <summary>The only message of a request.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<T> ReadOnlyMessageAsync<T>(ServerCall call, Func<DeserializationContext, T> deserializer)
        where T : class
    {
        var input = call.HttpContext.Request.BodyReader;
        T? message = null;
        while (true)
        {
            var read = await input.ReadAsync(call.ReadToken);
            var rest = read.Buffer;
            try
            {
                if (message is null)
                {
                    TryRead(call, ref rest, deserializer, out message);
                }

                if (message is not null && !rest.IsEmpty)
                {
                    throw new RpcException(new Status(StatusCode.Internal, "Additional data after the message received."));
                }
            }
            finally
            {
                // Also after a failure: a server that finds a body half read hangs up on the caller's next request.
                input.AdvanceTo(rest.Start, read.Buffer.End);
            }

            if (read.IsCompleted || read.IsCanceled)
            {
                return message ?? throw new RpcException(Framing.Incomplete);
            }
        }
    }

    /// <summary>The next message of a stream; null at its end.</summary>
    public static async ValueTask<T?> ReadNextMessageAsync<T>(
        ServerCall call, PipeReader input, Func<DeserializationContext, T> deserializer, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            var (isRead, message) = (false, default(T));
            try
            {
                isRead = TryRead(call, ref rest, deserializer, out message);
            }
            finally
            {
                input.AdvanceTo(rest.Start, isRead ? rest.Start : rest.End);
            }

            if (isRead)
            {
                return message;
            }

            if (read.IsCompleted || read.IsCanceled)
            {
                return rest.IsEmpty ? null : throw new RpcException(Framing.Incomplete);
            }
        }
    }

    static bool TryRead<T>(ServerCall call, ref ReadOnlySequence<byte> buffer, Func<DeserializationContext, T> deserializer, out T? message)
        where T : class
    {
        message = null;
        if (!Framing.TryTake(ref buffer, call.Options.MaxReceive, out var compressed, out var payload))
        {
            return false;
        }

        if (compressed)
        {
            payload = new ReadOnlySequence<byte>(Decompress(call, payload));
        }

        message = ReceivedMessage.Read(payload, deserializer);
        return true;
    }

    static byte[] Decompress(ServerCall call, ReadOnlySequence<byte> payload)
    {
        string? encoding = call.HttpContext.Request.Headers.GrpcEncoding;
        if (encoding is null or Headers.Identity)
        {
            throw new RpcException(new Status(
                StatusCode.Internal, $"Request sent '{encoding ?? "no"}' grpc-encoding value with compressed message."));
        }

        return call.Options.Encodings.TryGet(encoding, out var provider)
            ? Encodings.Decompress(provider!, payload, call.Options.MaxReceive)
            : throw new RpcException(new Status(
                StatusCode.Unimplemented,
                $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: {call.Options.Encodings.Accepted}"));
    }
}
