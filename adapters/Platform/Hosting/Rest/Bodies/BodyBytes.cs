using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rest.Bodies;

/// <summary>Reads a whole body, bounded, and takes a byte order mark off.</summary>
internal static class BodyBytes
{
    private const int Most = 64 * 1024;

    public static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > Most)
            throw TooLarge();

        while (true)
        {
            var read = await Next(request, cancellation);
            if (read.Buffer.Length > Most)
                throw TooLarge();

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async ValueTask<ReadResult> Next(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await request.BodyReader.ReadAsync(cancellation);
        }
        catch (IOException broken) when (broken is not (BadHttpRequestException or ConnectionResetException))
        {
            // A chunk of an impossible size is not among what the server itself calls a bad request.
            throw new BadHttpRequestException("The body's transfer coding is broken.", StatusCodes.Status400BadRequest, broken);
        }
    }

    private static BadHttpRequestException TooLarge() =>
        new($"The body must not be larger than {Most / 1024} KiB.", StatusCodes.Status413PayloadTooLarge);
}
