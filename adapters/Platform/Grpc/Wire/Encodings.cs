using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace FoodDelivery.Platform.GrpcRuntime.Wire;

/// <summary>The compressions one side understands.</summary>
sealed class Encodings
{
    readonly Dictionary<string, ICompressionProvider> _providers = new(StringComparer.Ordinal);

    public Encodings(IEnumerable<ICompressionProvider> providers)
    {
        foreach (var provider in providers)
        {
            _providers[provider.EncodingName] = provider;
        }

        Accepted = string.Join(',', _providers.Keys.Prepend(Headers.Identity));
    }

    /// <summary>gzip and deflate, which the platform brings.</summary>
    public static IList<ICompressionProvider> Defaults() =>
        [new GzipCompressionProvider(CompressionLevel.Fastest), new DeflateCompressionProvider(CompressionLevel.Fastest)];

    /// <summary>The value of <c>grpc-accept-encoding</c>.</summary>
    public string Accepted { get; }

    public bool TryGet(string name, out ICompressionProvider? provider)
    {
        provider = null;
        return name is Headers.Identity || _providers.TryGetValue(name, out provider);
    }

    /// <summary>Unpacks a message of at most so many bytes, so that a small message cannot unfold without bound.</summary>
    public static byte[] Decompress(ICompressionProvider provider, ReadOnlySequence<byte> compressed, int? limit)
    {
        using var source = new MemoryStream(compressed.ToArray(), writable: false);
        using var unpacking = provider.CreateDecompressionStream(source);
        using var target = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(8192);
        try
        {
            int count;
            while ((count = unpacking.Read(chunk)) > 0)
            {
                if (target.Length + count > limit)
                {
                    throw new RpcException(Framing.ReceivedTooLarge);
                }

                target.Write(chunk.AsSpan(0, count));
            }
        }
        catch (InvalidDataException broken)
        {
            throw new RpcException(new Status(StatusCode.Internal, "The message cannot be decompressed.", broken));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return target.ToArray();
    }

    public static byte[] Compress(ICompressionProvider provider, ReadOnlySpan<byte> plain, CompressionLevel? level)
    {
        using var target = new MemoryStream();
        using (var packing = provider.CreateCompressionStream(target, level))
        {
            packing.Write(plain);
        }

        return target.ToArray();
    }
}
