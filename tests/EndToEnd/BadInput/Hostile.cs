using System.Globalization;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>Values at which programs break. None is a small positive number: those are orders of honest people.</summary>
internal static class Hostile
{
    public static readonly long[] Numbers =
        [long.MinValue, int.MinValue, -1, 0, 1_000_000_007, int.MaxValue, uint.MaxValue, 1L << 53, long.MaxValue];

    public static readonly string[] Texts =
    [
        "", " ", "\0", "a\0b", "\u0001\u001b[31m", "\r\nSet-Cookie: x=1", "'; drop table orders; --", "\u202e\u2066", "\ufeff", "\uffff", "💣",
        "%00%ff%n%s", "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}${7*7}", new('x', 501), new('가', 20_000), "\u0301\u0301\u0301",
        "NaN", "-0", "1e309", "0x10", "٣", "99999999999999999999", "true", "null",
    ];

    /// <summary>Values as JSON spells them, wrong types and numbers beyond all bounds.</summary>
    public static readonly string[] Json =
    [
        "true", "[]", "{}", "[[]]", "[{}]", "[1,null]", "{\"a\":{}}", "0", "-0", "-1", "0.5", "1.5e0", "1e-1", "1e400", "-1e400", "1e9",
        "1.0000000000000000000000000001", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616",
        new('9', 400), "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"1.5\"", "\"-1\"", "\"NaN\"",
        .. Texts.Select(static text => System.Text.Json.JsonSerializer.Serialize(text)),
        .. Numbers.Select(static number => string.Create(CultureInfo.InvariantCulture, $"\"{number}\"")),
    ];

    /// <summary>Pieces that are no JSON wherever they stand.</summary>
    public static readonly byte[][] Bytes =
    [
        [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82], [0x00], [0x1f], [0x7f], [0x0b], [.. "NaN"u8], [.. "Infinity"u8],
        [.. "/*x*/"u8], [.. "//"u8], [.. ",,"u8], [.. "'"u8], [.. "\""u8], [.. "\\"u8], [.. "}"u8], [.. "]"u8], [.. "{"u8], [.. "[[[["u8], [.. "undefined"u8],
    ];
}
