using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FoodDelivery.Tests.Support;

namespace FoodDelivery.Tests.Contract.Identity;

/// <summary>Authorization code with PKCE (RFC 6749, 4.1; RFC 7636), as a phone's app would do it.</summary>
public sealed class SigningInTests : IAsyncLifetime, IDisposable
{
    private const string Here = "http://localhost:3000/callback";

    private static readonly string Verifier = new('v', 43);

    private readonly DataFolder _data = new();
    private readonly SetClock _clock = new(TimeProvider.System.GetUtcNow());
    private RunningIdentity _identity = null!;

    public async Task InitializeAsync() => _identity = await RunningIdentity.Start(_data.Path, _clock);

    public async Task DisposeAsync() => await _identity.DisposeAsync();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Somebody_signs_in_and_services_know_who_it_is()
    {
        var (status, redirect) = await _identity.SignIn(Form(("state", "s 1&2"), ("scope", "openid"), ("nonce", "n-1")));
        Assert.Equal((303, "s 1&2", _identity.Issuer), (status, redirect!["state"], redirect["iss"]));

        var (answered, answer) = await _identity.Ask(Redeeming(redirect["code"]));
        Assert.Equal((200, "Bearer", 3600), (answered, answer.GetProperty("token_type").GetString(), answer.GetProperty("expires_in").GetInt32()));
        await using var service = await GuardedService.Start(_identity.Issuer);
        Assert.Equal("hana", await service.Ask(answer.GetProperty("access_token").GetString()!));

        var identity = Claims(answer.GetProperty("id_token").GetString()!);
        Assert.Equal(("n-1", "demo-app", "김하나"), (identity.GetProperty("nonce").GetString(), identity.GetProperty("aud").GetString(), identity.GetProperty("name").GetString()));
        Assert.Equal("401", await service.Ask(answer.GetProperty("id_token").GetString()!));
    }

    [Fact]
    public async Task A_code_is_good_for_once()
    {
        var code = await Code();
        Assert.Equal(200, (await _identity.Ask(Redeeming(code))).Status);
        await Refused(Redeeming(code));
    }

    [Fact]
    public async Task A_code_is_good_for_a_minute()
    {
        var (old, older) = (await Code(), await Code());
        _clock.Now += TimeSpan.FromSeconds(60);
        Assert.Equal(200, (await _identity.Ask(Redeeming(old))).Status);
        _clock.Now += TimeSpan.FromMilliseconds(1);
        await Refused(Redeeming(older));
    }

    [Theory]
    [InlineData("code_verifier", "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww")]
    [InlineData("code_verifier", "")]
    [InlineData("redirect_uri", "http://localhost:3001/callback")]
    [InlineData("redirect_uri", "")]
    [InlineData("code", "")]
    public async Task A_code_is_good_for_whoever_asked_for_it_alone_and_lost_once_it_was_shown(string field, string value)
    {
        var redeeming = Redeeming(await Code());
        await Refused(new(redeeming) { [field] = value });
        if (field != "code")
            await Refused(redeeming);
    }

    [Fact]
    public async Task A_code_is_no_good_to_another_client()
    {
        var redeeming = Redeeming(await Code());
        await Refused(new(redeeming) { ["client_id"] = "demo-customer", ["client_secret"] = "demo" });
        await Refused(redeeming);
    }

    [Fact]
    public async Task A_verifier_must_have_the_length_that_cannot_be_guessed()
    {
        var (_, redirect) = await _identity.SignIn(Form(("code_challenge", Challenge("short"))));
        await Refused(new(Redeeming(redirect!["code"])) { ["code_verifier"] = "short" });
    }

    [Theory]
    [InlineData("https://evil.example.com/callback")]
    [InlineData("http://localhost.evil.example.com/callback")]
    [InlineData("http://localhost:3000/callback#fragment")]
    [InlineData("https://localhost@evil.example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/callback")]
    [InlineData("")]
    public async Task Nobody_is_led_to_an_address_that_is_not_registered(string address)
    {
        var (status, redirect) = await _identity.SignIn(Form(("redirect_uri", address)));
        Assert.Equal((400, null), (status, redirect));
    }

    [Theory]
    [InlineData("client_id", "demo-customer", null)]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge", "", "invalid_request")]
    [InlineData("scope", "everything", "invalid_scope")]
    [InlineData("user", "nobody", "access_denied")]
    public async Task What_is_wrong_with_a_request_is_told_and_gives_no_code(string field, string value, string? error)
    {
        var (status, redirect) = await _identity.SignIn(Form((field, value)));
        Assert.Equal((error is null ? 400 : 303, error), (status, redirect?["error"]));
        Assert.False(redirect?.ContainsKey("code") ?? false);
    }

    private async Task<string> Code() => (await _identity.SignIn(Form())).Answer!["code"];

    private async Task Refused(Dictionary<string, string> redeeming)
    {
        var (status, answer) = await _identity.Ask(redeeming);
        Assert.Equal((400, "invalid_grant"), (status, answer.GetProperty("error").GetString()));
    }

    private static Dictionary<string, string> Form(params ReadOnlySpan<(string Name, string Value)> changed)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["response_type"] = "code", ["client_id"] = "demo-app", ["redirect_uri"] = Here, ["user"] = "hana",
            ["code_challenge"] = Challenge(Verifier), ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changed)
            form[name] = value;
        return form;
    }

    private static Dictionary<string, string> Redeeming(string code) => new(StringComparer.Ordinal)
    {
        ["grant_type"] = "authorization_code", ["client_id"] = "demo-app", ["redirect_uri"] = Here, ["code"] = code, ["code_verifier"] = Verifier,
    };

    private static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private static JsonElement Claims(string token) => JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;
}
