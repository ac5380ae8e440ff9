using System.Buffers.Text;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.Contract.Identity;

/// <summary>The keys of the authorization server over a day, and over a restart.</summary>
public sealed class KeyRotationTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(15);

    private readonly DataFolder _data = new();
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Every_token_is_accepted_until_it_expires_whichever_key_signed_it()
    {
        var change = _now - TimeSpan.FromMinutes(1);
        var clock = new SetClock(change - Day);
        await using var identity = await RunningIdentity.Start(_data.Path, clock);
        var first = Assert.Single(await identity.Keys());

        clock.Now = _now - TimeSpan.FromMinutes(30);
        var old = await identity.Token();
        Assert.Equal((first, 1), (Key(old), (await identity.Keys()).Count));

        clock.Now = change - Ahead;
        var announced = await identity.Keys();
        var late = await identity.Token();
        Assert.Equal((first, first, 2), (announced[0], Key(late), announced.Count));
        await using var service = await GuardedService.Start(identity.Issuer);
        Assert.Equal("demo-customer", await service.Ask(late));

        clock.Now = change;
        var young = await identity.Token();
        Assert.Equal(announced[1], Key(young));
        foreach (var token in new[] { old, late, young })
            Assert.Equal("demo-customer", await service.Ask(token));

        // The last token of the first key has expired by then, and five minutes more have gone.
        clock.Now = change + TimeSpan.FromMinutes(65);
        Assert.Equal(announced, await identity.Keys());
        clock.Now += TimeSpan.FromMilliseconds(1);
        Assert.Equal([announced[1]], await identity.Keys());
    }

    [Fact]
    public async Task A_restart_keeps_the_keys_and_the_tokens()
    {
        var clock = new SetClock(_now);
        string token;
        List<string> keys;
        int port;
        await using (var before = await RunningIdentity.Start(_data.Path, clock))
            (token, keys, port) = (await before.Token(), await before.Keys(), before.Port);

        await using var after = await RunningIdentity.Start(_data.Path, clock, port);
        Assert.Equal(keys, await after.Keys());
        Assert.Equal(keys[0], Key(await after.Token()));
        await using var service = await GuardedService.Start(after.Issuer);
        Assert.Equal("demo-customer", await service.Ask(token));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_data.Path, "identity-keys.json")));
    }

    [Fact]
    public async Task A_key_that_cannot_be_kept_is_neither_published_nor_used_and_the_present_one_goes_on()
    {
        var clock = new SetClock(_now);
        await using var identity = await RunningIdentity.Start(_data.Path, clock);
        var first = Assert.Single(await identity.Keys());
        var blocked = Directory.CreateDirectory(Path.Combine(_data.Path, "identity-keys.json.next"));

        clock.Now = _now + Day;
        Assert.Equal((first, 1), (Key(await identity.Token()), (await identity.Keys()).Count));

        blocked.Delete();
        Assert.Equal(2, (await identity.Keys()).Count);
        Assert.Equal(first, Key(await identity.Token()));
        clock.Now += Ahead;
        Assert.Equal((await identity.Keys())[1], Key(await identity.Token()));
    }

    [Fact]
    public void Keys_that_cannot_be_read_end_the_start()
    {
        File.WriteAllText(Path.Combine(_data.Path, "identity-keys.json"), "[{}]");
        var refusal = Assert.Throws<StartException>(() => RunningIdentity.Build(_data.Path, TimeProvider.System, FreePort.Next()));
        Assert.Contains("identity-keys.json", refusal.Message, StringComparison.Ordinal);
    }

    private static string Key(string token) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[0])).RootElement.GetProperty("kid").GetString()!;
}
