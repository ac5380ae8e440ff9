using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Rest.Bodies;

/// <summary>Reads a whole body, bounded, and takes a byte order mark off.</summary>
internal static class BodyBytes
{
    private const int Most = 64 * 1024;

    public static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > Most)
        {
            throw TooLarge();
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellation);
            if (read.Buffer.Length > Most)
            {
                throw TooLarge();
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static BadHttpRequestException TooLarge() =>
        new($"The body must not be larger than {Most / 1024} KiB.", StatusCodes.Status413PayloadTooLarge);
}
