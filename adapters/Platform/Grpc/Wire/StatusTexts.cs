using System.Globalization;
using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Wire;

/// <summary>The text of <c>grpc-status</c>, made once.</summary>
static class StatusTexts
{
    static readonly string[] _texts = [.. Enumerable.Range(0, 17).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    public static string Of(StatusCode code) =>
        (uint)code < (uint)_texts.Length ? _texts[(int)code] : ((int)code).ToString(CultureInfo.InvariantCulture);

    public static StatusCode Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code <= 16 ? (StatusCode)code : StatusCode.Unknown;
}
