using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FoodDelivery.Platform.GrpcRuntime.Wire;

/// <summary>The header <c>grpc-timeout</c>: at most eight digits and a unit.</summary>
static class GrpcTimeout
{
    const int MaxDigits = 8;
    const long MaxAmount = 99_999_999;

    /// <summary>Reads the header; anything malformed counts as absent.</summary>
    public static bool TryParse([NotNullWhen(true)] string? header, out TimeSpan timeout)
    {
        timeout = default;
        if (header is not { Length: >= 2 and <= MaxDigits + 1 }
            || !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        long ticks = header[^1] switch
        {
            'n' => Math.Max(amount / TimeSpan.NanosecondsPerTick, Math.Min(amount, 1)),
            'u' => amount * TimeSpan.TicksPerMicrosecond,
            'm' => amount * TimeSpan.TicksPerMillisecond,
            'S' => amount * TimeSpan.TicksPerSecond,
            'M' => amount * TimeSpan.TicksPerMinute,
            'H' => amount * TimeSpan.TicksPerHour,
            _ => -1,
        };
        timeout = TimeSpan.FromTicks(ticks);
        return ticks >= 0;
    }

    /// <summary>Writes the header in the finest unit that the digits allow; never less than the shortest time there is.</summary>
    public static string Format(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return "1n";
        }

        var ticks = timeout.Ticks;
        return Try(ticks, TimeSpan.TicksPerMicrosecond, 'u')
            ?? Try(ticks, TimeSpan.TicksPerMillisecond, 'm')
            ?? Try(ticks, TimeSpan.TicksPerSecond, 'S')
            ?? Try(ticks, TimeSpan.TicksPerMinute, 'M')
            ?? Math.Min(ticks / TimeSpan.TicksPerHour, MaxAmount).ToString(CultureInfo.InvariantCulture) + "H";
    }

    static string? Try(long ticks, long unit, char letter)
    {
        var amount = (ticks + unit - 1) / unit;
        return amount <= MaxAmount ? string.Create(CultureInfo.InvariantCulture, $"{amount}{letter}") : null;
    }
}
