namespace FoodDelivery.Platform.GrpcRuntime.Wire;

/// <summary>Base64 as metadata carries it: the padding may be missing.</summary>
static class BinaryHeader
{
    public static bool TryDecode(string text, out byte[] value)
    {
        var padded = text.Length % 4 is var rest and not 0 ? text.PadRight(text.Length + 4 - rest, '=') : text;
        value = new byte[padded.Length / 4 * 3];
        if (!Convert.TryFromBase64String(padded, value, out var length))
        {
            value = [];
            return false;
        }

        Array.Resize(ref value, length);
        return true;
    }
}
