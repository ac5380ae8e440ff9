using System.Buffers;
using System.Text;

namespace FoodDelivery.Platform.GrpcRuntime.Wire;

/// <summary>The text of <c>grpc-message</c>: UTF-8 with everything but printable ASCII, and the percent sign, escaped.</summary>
static class PercentEncoding
{
    static readonly SearchValues<char> _plain = SearchValues.Create(
        " !\"#$&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(_plain))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (_plain.Contains((char)octet))
            {
                escaped.Append((char)octet);
            }
            else
            {
                escaped.Append('%').Append(octet.ToString("X2"));
            }
        }

        return escaped.ToString();
    }

    /// <summary>Reads an escaped text; a broken escape stands for itself.</summary>
    public static string Decode(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
}
