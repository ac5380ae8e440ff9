using System.Globalization;

namespace FoodDelivery.Kernel;

/// <summary>
/// When a store is open: weekly periods by the clock on its wall, and days on which it does not open. A time of that clock stands for the first moment at
/// which the clock shows it, or a later one: what daylight saving time leaves out begins when the clock has jumped, and what it repeats begins and ends once.
/// </summary>
/// <param name="TimeZone">The clock's zone, by its IANA name.</param>
/// <param name="Periods">Every week's; without any it is open day and night.</param>
/// <param name="ClosedDays">Dates on which no period begins; one that began the day before goes on.</param>
public sealed record OpeningHours(string TimeZone, IReadOnlyList<OpeningPeriod> Periods, IReadOnlyList<DateOnly> ClosedDays)
{
    /// <summary>How many periods a week may have.</summary>
    public const int MaxPeriods = 50;

    /// <summary>How many closed days may be known ahead.</summary>
    public const int MaxClosedDays = 400;

    private const int MaxTimeZone = 64;
    private const string TimeFormat = "HH:mm", DayFormat = "yyyy-MM-dd", EndOfDay = "24:00";

    /// <summary>Open day and night.</summary>
    public static readonly OpeningHours Always = new("UTC", [], []);

    /// <summary>Whether there is a time zone of that name.</summary>
    public static bool IsTimeZone(string name) =>
        // The platform looks for a file of that name, and would find one outside its folder too.
        name.Length is > 0 and <= MaxTimeZone && char.IsAsciiLetter(name[0])
        && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '+' or '-')
        // Names that were looked up before are found whatever their case; files are not.
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && string.Equals(zone.Id, name, StringComparison.Ordinal);

    /// <summary>A time as it is written, such as 09:30.</summary>
    public static string Write(TimeOnly time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A date as it is written, such as 2026-12-25.</summary>
    public static string Write(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>A time that was written so, 24:00 being midnight; null for anything else.</summary>
    public static TimeOnly? ReadTime(string text)
    {
        if (text == EndOfDay)
            return TimeOnly.MinValue;

        return TimeOnly.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    /// <summary>A date that was written so; null for anything else.</summary>
    public static DateOnly? ReadDay(string text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Whether it is open.</summary>
    /// <exception cref="TimeZoneNotFoundException">The zone is not known on this machine.</exception>
    public bool IsOpen(DateTimeOffset at) => OpenFrom(at) == at;

    /// <summary>The first moment from <paramref name="at"/> on at which it is open; null if there is none as far as it is known.</summary>
    /// <exception cref="TimeZoneNotFoundException">The zone is not known on this machine.</exception>
    public DateTimeOffset? OpenFrom(DateTimeOffset at)
    {
        if (Periods.Count == 0 && ClosedDays.Count == 0)
            return at;

        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

        // Each closed day may be the one on which a week's only period begins.
        var last = today.AddDays(7 * (ClosedDays.Count + 2));
        for (var day = today.AddDays(-1); day <= last; day = day.AddDays(1))
        {
            DateTimeOffset? first = null;
            foreach (var period in On(day))
            {
                var (from, until) = (Moment(day, period.From, zone), Moment(period.To > period.From ? day : day.AddDays(1), period.To, zone));
                if (from < until && at < until && (first is null || from < first))
                    first = from > at ? from : at;
            }

            if (first is not null)
                return first;
        }

        return null;
    }

    private IEnumerable<OpeningPeriod> On(DateOnly day)
    {
        if (ClosedDays.Contains(day))
            return [];

        return Periods.Count == 0 ? [new OpeningPeriod(day.DayOfWeek, default, default)] : Periods.Where(period => period.Day == day.DayOfWeek);
    }

    // By the offsets alone: which local times a zone leaves out or repeats is not known of those that change their standard time.
    private static DateTimeOffset Moment(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = new DateTimeOffset(day.ToDateTime(time), TimeSpan.Zero);
        var (before, after) = (zone.GetUtcOffset(local.AddDays(-1)), zone.GetUtcOffset(local.AddDays(1)));
        var early = local - before;
        if (zone.GetUtcOffset(early) == before)
            return early;

        var late = local - after;
        if (zone.GetUtcOffset(late) == after)
            return late;

        // Left out: the clock jumps between the two.
        while (early - late > TimeSpan.FromSeconds(1))
        {
            var middle = late + TimeSpan.FromSeconds(Math.Floor((early - late).TotalSeconds / 2));
            (late, early) = zone.GetUtcOffset(middle) == before ? (middle, early) : (late, middle);
        }

        return early;
    }
}

/// <summary>A time of the week during which a store is open.</summary>
/// <param name="Day">The day on which it begins.</param>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends; what is not later than the beginning is on the next day.</param>
public sealed record OpeningPeriod(DayOfWeek Day, TimeOnly From, TimeOnly To);
