using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Ports.Leasing;

/// <summary>Leases of owners whose clocks are set. Time itself is the machine's.</summary>
public sealed class LeaseTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private readonly DataFolder _folder = new();
    private readonly JumpingClock _clock = new();
    private SqliteDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _database = new SqliteDatabase(
            Path.Combine(_folder.Path, "leases.db"),
            new SqliteOptions(),
            [MessagingServices.Migrations],
            TimeProvider.System,
            NullLogger<SqliteDatabase>.Instance);
        await _database.Opened;
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    [InlineData(-0.9)]
    public async Task Who_comes_second_waits_even_if_the_clocks_differ_a_little(double lengths)
    {
        Assert.True(await Of(_clock).Hold(default));

        Assert.False(await Of(new JumpingClock { Ahead = Length * lengths }).Hold(default));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_was_set_for_a_while_leaves_no_lease_that_nobody_can_have(int hours)
    {
        _clock.Ahead = TimeSpan.FromHours(hours);
        Assert.True(await Of(_clock).Hold(default));
        _clock.Ahead = TimeSpan.Zero;

        Assert.True(await Of(_clock).Hold(default));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task The_owner_holds_it_for_its_length_however_the_clock_is_set(int hours)
    {
        var lease = Of(_clock);
        Assert.True(await lease.Hold(default));

        _clock.Ahead = TimeSpan.FromHours(hours);

        Assert.InRange(lease.Remaining, Length / 2, Length);
        Assert.True(await lease.Hold(default));
    }

    [Fact]
    public async Task What_is_given_back_is_free_at_once()
    {
        var lease = Of(_clock);
        Assert.True(await lease.Hold(default));

        await lease.Release(default);

        Assert.True(lease.Remaining < TimeSpan.Zero);
        Assert.True(await Of(_clock).Hold(default));
    }

    private Lease Of(TimeProvider clock) => new(_database, "right", Length, clock);
}
