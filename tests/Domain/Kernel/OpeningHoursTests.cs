using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Kernel;

public sealed class OpeningHoursTests
{
    private static readonly OpeningHours Late = new(
        "Asia/Seoul", [.. Enum.GetValues<DayOfWeek>().Select(static day => new OpeningPeriod(day, new(18, 0), new(2, 0)))], [new DateOnly(2026, 12, 25)]);

    [Theory]
    [InlineData("2026-12-23T17:59:59+09:00", "2026-12-23T18:00:00+09:00")]
    [InlineData("2026-12-23T18:00:00+09:00", "2026-12-23T18:00:00+09:00")]
    [InlineData("2026-12-24T01:59:59+09:00", "2026-12-24T01:59:59+09:00")]
    [InlineData("2026-12-24T02:00:00+09:00", "2026-12-24T18:00:00+09:00")]
    [InlineData("2026-12-25T01:00:00+09:00", "2026-12-25T01:00:00+09:00")]
    [InlineData("2026-12-25T02:00:00+09:00", "2026-12-26T18:00:00+09:00")]
    [InlineData("2026-12-26T01:00:00+09:00", "2026-12-26T18:00:00+09:00")]
    public void A_period_over_midnight_belongs_to_the_day_on_which_it_begins(string at, string opens) => Opens(Late, at, opens);

    [Theory]
    [InlineData("2026-03-08T01:59:59-05:00", "2026-03-08T03:00:00-04:00")]
    [InlineData("2026-03-08T03:29:59-04:00", "2026-03-08T03:29:59-04:00")]
    [InlineData("2026-03-08T03:30:00-04:00", "2026-03-15T02:15:00-04:00")]
    [InlineData("2026-03-15T02:14:00-04:00", "2026-03-15T02:15:00-04:00")]
    public void What_the_clock_leaves_out_begins_when_it_has_jumped(string at, string opens) =>
        Opens(new OpeningHours("America/New_York", [new(DayOfWeek.Sunday, new(2, 15), new(3, 30))], []), at, opens);

    [Theory]
    [InlineData("2026-11-01T00:59:59-04:00", "2026-11-01T01:00:00-04:00")]
    [InlineData("2026-11-01T01:29:59-04:00", "2026-11-01T01:29:59-04:00")]
    [InlineData("2026-11-01T01:30:00-04:00", "2026-11-08T01:00:00-05:00")]
    [InlineData("2026-11-01T01:15:00-05:00", "2026-11-08T01:00:00-05:00")]
    public void What_the_clock_repeats_begins_and_ends_once(string at, string opens) =>
        Opens(new OpeningHours("America/New_York", [new(DayOfWeek.Sunday, new(1, 0), new(1, 30))], []), at, opens);

    [Fact]
    public void Without_periods_it_is_open_day_and_night_but_on_closed_days()
    {
        var hours = new OpeningHours("Asia/Seoul", [], [new DateOnly(2027, 1, 1), new DateOnly(2027, 1, 2)]);

        Opens(hours, "2026-12-31T23:59:59+09:00", "2026-12-31T23:59:59+09:00");
        Opens(hours, "2027-01-01T00:00:00+09:00", "2027-01-03T00:00:00+09:00");
    }

    [Fact]
    public void A_weeks_only_day_may_be_closed_for_months()
    {
        var mondays = Enumerable.Range(0, 60).Select(static week => new DateOnly(2026, 1, 5).AddDays(7 * week)).ToList();

        Opens(new OpeningHours("UTC", [new(DayOfWeek.Monday, new(9, 0), new(10, 0))], mondays), "2026-01-01T00:00:00Z", "2027-03-01T09:00:00Z");
    }

    /// <summary>Every zone of this machine, around each change of its clock in 2026 and 2027, against a clock that is read minute by minute.</summary>
    [Fact]
    public void Every_clock_that_is_put_forward_or_back_opens_and_closes_as_its_wall_shows()
    {
        OpeningPeriod[] periods =
        [
            .. Enum.GetValues<DayOfWeek>().SelectMany(static day => new OpeningPeriod[]
            {
                new(day, new(22, 10), new(0, 40)), new(day, new(0, 50), new(1, 20)), new(day, new(1, 40), new(2, 20)), new(day, new(2, 30), new(3, 30)), new(day, new(9, 0), new(21, 0)),
            }),
        ];
        var changes = 0;
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            foreach (var change in Changes(zone))
            {
                changes++;
                Agrees(zone, new OpeningHours(zone.Id, periods, []), change);
            }
        }

        Assert.True(changes > 300, $"Only {changes} changes of clocks were found.");
    }

    private static void Agrees(TimeZoneInfo zone, OpeningHours hours, DateTimeOffset change)
    {
        // The wall's clock at each minute, from two days before to two days after.
        var start = change.AddDays(-2);
        var walls = Enumerable.Range(0, 4 * 24 * 60).Select(minute => TimeZoneInfo.ConvertTime(start.AddMinutes(minute), zone).DateTime).ToArray();
        var open = new bool[walls.Length];
        for (var day = DateOnly.FromDateTime(walls[0]).AddDays(-1); day <= DateOnly.FromDateTime(walls[^1]); day = day.AddDays(1))
        {
            foreach (var period in hours.Periods.Where(period => period.Day == day.DayOfWeek))
            {
                var from = Array.FindIndex(walls, wall => wall >= day.ToDateTime(period.From));
                var until = Array.FindIndex(walls, wall => wall >= (period.To > period.From ? day : day.AddDays(1)).ToDateTime(period.To));
                if (from >= 0)
                    Array.Fill(open, true, from, Math.Max(from, until < 0 ? open.Length : until) - from);
            }
        }

        for (var minute = 24 * 60; minute < 3 * 24 * 60; minute += 5)
        {
            var next = Array.FindIndex(open, minute, static one => one);
            Assert.True(
                hours.OpenFrom(start.AddMinutes(minute)) == start.AddMinutes(next),
                $"{zone.Id} at {start.AddMinutes(minute):O}: {hours.OpenFrom(start.AddMinutes(minute)):O}, not {start.AddMinutes(next):O}");
        }
    }

    private static IEnumerable<DateTimeOffset> Changes(TimeZoneInfo zone)
    {
        for (var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero); at.Year < 2028; at = at.AddHours(1))
        {
            if (zone.GetUtcOffset(at) == zone.GetUtcOffset(at.AddHours(1)))
                continue;

            var minute = at;
            while (zone.GetUtcOffset(minute) == zone.GetUtcOffset(at))
                minute = minute.AddMinutes(1);

            yield return minute;
        }
    }

    private static void Opens(OpeningHours hours, string at, string opens)
    {
        var (asked, expected) = (DateTimeOffset.Parse(at), DateTimeOffset.Parse(opens));

        Assert.Equal(expected, hours.OpenFrom(asked));
        Assert.Equal(asked == expected, hours.IsOpen(asked));
    }
}
