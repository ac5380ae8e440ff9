using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Security;

namespace FoodDelivery.Tests.Contract.Identity;

/// <summary>How a service gets to know the provider's keys, and how little it asks for them.</summary>
public sealed class KnownKeysTests : IAsyncLifetime
{
    private const string Late = "503 later";
    private const int Many = 100;

    private readonly SetClock _clock = new(TimeProvider.System.GetUtcNow());
    private TestAuthority _authority = null!;
    private GuardedService _service = null!;

    public async Task InitializeAsync()
    {
        _authority = await TestAuthority.Start();
        _service = await GuardedService.Start(_authority.Issuer, _clock);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _authority.DisposeAsync();
    }

    [Fact]
    public async Task Keys_are_asked_for_once_however_many_come_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(number => _service.Ask(_authority.Tokens.For($"c-{number}", "customer"))));
        Assert.Equal(Enumerable.Range(0, Many).Select(static number => $"c-{number}"), answers);
        Assert.Equal(1, _authority.KeyRequests);
    }

    [Fact]
    public async Task A_storm_of_unknown_keys_does_not_reach_the_provider()
    {
        Assert.Equal("kim", await _service.Ask(Good()));
        await Storm();
        Assert.Equal(1, _authority.KeyRequests);

        _clock.Now += TimeSpan.FromSeconds(11);
        await Storm();
        Assert.Equal(2, _authority.KeyRequests);
        Assert.Equal("kim", await _service.Ask(Good()));
    }

    [Fact]
    public async Task A_new_key_is_known_with_its_first_token_and_a_withdrawn_one_no_more()
    {
        var old = Good();
        Assert.Equal("kim", await _service.Ask(old));
        using var former = Rotate();
        Assert.Equal("401", await _service.Ask(Good()));

        _clock.Now += TimeSpan.FromSeconds(11);
        Assert.Equal("kim", await _service.Ask(Good()));
        Assert.Equal("401", await _service.Ask(old));
    }

    [Fact]
    public async Task A_withdrawn_key_is_accepted_until_the_keys_have_aged()
    {
        var old = Good();
        Assert.Equal("kim", await _service.Ask(old));
        using var former = Rotate();
        _clock.Now += TimeSpan.FromSeconds(299);
        Assert.Equal("kim", await _service.Ask(old));

        _clock.Now += TimeSpan.FromSeconds(2);
        await Eventually.Holds(async () => Assert.Equal("401", await _service.Ask(old)));
    }

    [Fact]
    public async Task Nobody_is_let_in_before_the_provider_has_answered_once()
    {
        var (token, issuer) = (Good(), _authority.Issuer);
        await _authority.DisposeAsync();
        await using var service = await GuardedService.Start(issuer, _clock);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => service.Ask(token))), static answer => Assert.Equal(Late, answer));

        _authority = await TestAuthority.Start(new Uri(issuer).Port);
        Assert.Equal(Late, await service.Ask(Good()));
        _clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal("kim", await service.Ask(Good()));
        Assert.Equal("401", await service.Ask(token));
    }

    [Fact]
    public async Task While_the_provider_is_away_its_keys_serve_for_a_day_and_then_nobody_is_let_in()
    {
        var (known, fresh, fresher) = (Good(), Good("lee"), Good("park"));
        using var stranger = new TestTokens(_authority.Issuer, "unknown");
        Assert.Equal("kim", await _service.Ask(known));
        await _authority.DisposeAsync();

        _clock.Now += TimeSpan.FromHours(23);
        Assert.Equal(("kim", "lee", "401"), (await _service.Ask(known), await _service.Ask(fresh), await _service.Ask(stranger.For("eve", "operator"))));
        _clock.Now += TimeSpan.FromHours(2);
        Assert.Equal((Late, Late, Late), (await _service.Ask(known), await _service.Ask(fresher), await _service.Ask(stranger.For("eve", "operator"))));
    }

    private string Good(string subject = "kim") => _authority.Tokens.For(subject, "customer");

    private TestTokens Rotate()
    {
        var former = _authority.Tokens;
        _authority.Tokens = new TestTokens(_authority.Issuer, "next-key");
        return former;
    }

    private async Task Storm()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(async number =>
        {
            using var forger = new TestTokens(_authority.Issuer, $"unknown-{number}");
            return await _service.Ask(forger.For("eve", "operator"));
        }));
        Assert.All(answers, static answer => Assert.Equal("401", answer));
    }
}
