using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Wire;

/// <summary>HTTP headers as metadata.</summary>
static class MetadataReading
{
    /// <summary>Adds a header; one that is no valid metadata is left out, for it cannot be represented.</summary>
    public static void AddHeader(this Metadata metadata, string name, string value)
    {
        if (name.Length == 0 || name[0] == ':' || IsOfTheProtocol(name))
        {
            return;
        }

        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            TryAdd(metadata, name, value);
            return;
        }

        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (BinaryHeader.TryDecode(part, out var bytes))
            {
                metadata.Add(name, bytes);
            }
        }
    }

    static void TryAdd(Metadata metadata, string name, string value)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.'))
            {
                return;
            }
        }

        metadata.Add(name, value);
    }

    static bool IsOfTheProtocol(string name) =>
        name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase)
        && (Is(name, Headers.Status) || Is(name, Headers.Message) || Is(name, Headers.Encoding) || Is(name, Headers.AcceptEncoding));

    static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
