using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Security;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Contract.Identity;

/// <summary>What providers answer that they should not, and what tokens of theirs are told apart by.</summary>
public sealed class ProviderFaultTests : IAsyncLifetime
{
    private readonly SetClock _clock = new(TimeProvider.System.GetUtcNow());
    private TestAuthority _authority = null!;

    public async Task InitializeAsync() => _authority = await TestAuthority.Start();

    public async Task DisposeAsync() => await _authority.DisposeAsync();

    public static TheoryData<string> EmptyAnswers => ["""{"keys": []}""", """{"error": "temporarily_unavailable"}""", "[]", """{"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "test-key"}]}"""];

    [Theory]
    [MemberData(nameof(EmptyAnswers))]
    public async Task An_answer_without_keys_replaces_no_good_ones(string answer)
    {
        await using var service = await GuardedService.Start(_authority.Issuer, _clock);
        Assert.Equal("kim", await service.Ask(_authority.Tokens.For("kim", "customer")));
        _authority.KeySet = JsonDocument.Parse(answer).RootElement;

        _clock.Now += TimeSpan.FromMinutes(6);
        var asked = _authority.KeyRequests;
        await Eventually.Holds(async () =>
        {
            Assert.Equal("lee", await service.Ask(_authority.Tokens.For("lee", "customer")));
            Assert.True(_authority.KeyRequests > asked);
        });
        await Task.Delay(TimeSpan.FromSeconds(0.3));
        Assert.Equal("park", await service.Ask(_authority.Tokens.For("park", "customer")));
    }

    [Fact]
    public async Task A_service_is_not_ready_before_it_has_keys_and_comes_to_them_by_itself()
    {
        _authority.KeySet = new { keys = Array.Empty<object>() };
        await using var service = await GuardedService.Start(_authority.Issuer);
        await Task.Delay(TimeSpan.FromSeconds(5));
        Assert.Contains("keys", await service.Lacks());
        Assert.Equal("503 later", await service.Ask(_authority.Tokens.For("kim", "customer")));

        _authority.KeySet = null;
        await Eventually.Holds(async () => Assert.DoesNotContain("keys", await service.Lacks()));
        Assert.Equal("kim", await service.Ask(_authority.Tokens.For("kim", "customer")));
    }

    [Fact]
    public async Task A_discovery_document_that_says_nothing_of_tokens_gives_keys()
    {
        _authority.SaysWhereTokensAre = false;
        await using var service = await GuardedService.Start(_authority.Issuer);
        Assert.Equal("kim", await service.Ask(_authority.Tokens.For("kim", "customer")));
    }

    [Theory]
    [InlineData(1024, "401")]
    [InlineData(2048, "kim")]
    public async Task A_short_key_is_not_believed(int bits, string expected)
    {
        using var key = RSA.Create(bits);
        var known = key.ExportParameters(includePrivateParameters: false);
        _authority.KeySet = new
        {
            keys = new[] { _authority.Tokens.PublicKey, new { kty = "RSA", use = "sig", kid = "rsa", n = Base64Url.EncodeToString(known.Modulus), e = Base64Url.EncodeToString(known.Exponent) } },
        };
        await using var service = await GuardedService.Start(_authority.Issuer);

        Assert.Equal(expected, await service.Ask(Signed(key, "rsa")));
        Assert.Equal("lee", await service.Ask(_authority.Tokens.For("lee", "customer")));
    }

    [Fact]
    public async Task Of_two_keys_with_one_id_either_may_have_signed()
    {
        using var other = new TestTokens(_authority.Issuer, _authority.Tokens.KeyId);
        using var stranger = new TestTokens(_authority.Issuer, _authority.Tokens.KeyId);
        _authority.KeySet = new { keys = new[] { other.PublicKey, _authority.Tokens.PublicKey } };
        await using var service = await GuardedService.Start(_authority.Issuer);

        Assert.Equal(
            ("kim", "lee", "401"),
            (await service.Ask(_authority.Tokens.For("kim", "customer")), await service.Ask(other.For("lee", "customer")), await service.Ask(stranger.For("eve", "operator"))));
    }

    [Fact]
    public async Task A_key_that_is_one_issuers_signs_no_others_tokens()
    {
        _authority.KeySet = new { keys = new[] { Said(_authority.Tokens.PublicKey, "https://another.example.com") } };
        await using var service = await GuardedService.Start(_authority.Issuer, _clock);
        Assert.Equal("401", await service.Ask(_authority.Tokens.For("kim", "customer")));

        _authority.KeySet = new { keys = new[] { Said(_authority.Tokens.PublicKey, _authority.Issuer) } };
        await using var second = await GuardedService.Start(_authority.Issuer, _clock);
        Assert.Equal("kim", await second.Ask(_authority.Tokens.For("kim", "customer")));
    }

    [Fact]
    public async Task A_key_that_is_given_to_another_issuer_signs_no_more_tokens_of_this_one()
    {
        await using var service = await GuardedService.Start(_authority.Issuer, _clock);
        Assert.Equal("kim", await service.Ask(_authority.Tokens.For("kim", "customer")));
        _authority.KeySet = new { keys = new[] { Said(_authority.Tokens.PublicKey, "https://another.example.com") } };

        _clock.Now += TimeSpan.FromMinutes(6);

        await Eventually.Holds(async () => Assert.Equal("401", await service.Ask(_authority.Tokens.For("kim", "customer"))));
    }

    [Fact]
    public async Task A_token_may_end_after_2038_where_the_settings_let_it()
    {
        await using var service = await GuardedService.Start(_authority.Issuer, clock: null, "--Auth:MaxTokenLifetimeSeconds=600000000");
        var claims = _authority.Tokens.Claims("kim", "customer");
        claims["exp"] = int.MaxValue + 1_000L;
        Assert.Equal("kim", await service.Ask(_authority.Tokens.Sign(claims)));
    }

    [Fact]
    public async Task A_services_token_outlives_its_provider_and_nobody_elses_does()
    {
        await using var service = await GuardedService.Start(_authority.Issuer, clock: null, "--Auth:ClockSkewSeconds=0", "--Auth:KeyRefreshSeconds=1");
        await Eventually.Holds(async () => Assert.DoesNotContain("keys", await service.Lacks()));
        var (own, customers, late) = (Short("order", "service", 3), Short("kim", "customer", 3), Short("order", "service", -60));
        Assert.Equal("a service", await service.Ask(own, "/services"));
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.Equal("401", await service.Ask(own, "/services"));

        own = Short("order", "service", 3);
        Assert.Equal("a service", await service.Ask(own, "/services"));
        await _authority.DisposeAsync();
        await Task.Delay(TimeSpan.FromSeconds(12));
        Assert.Equal(
            ("a service", "401", "401"),
            (await service.Ask(own, "/services"), await service.Ask(customers), await service.Ask(late, "/services")));
        _authority = await TestAuthority.Start();
    }

    [Theory]
    [InlineData("iss", "https://login.example.com", "issuer 'https://login.example.com' is none")]
    [InlineData("aud", "somebody else", "audience 'somebody else', given to the client (none), is not that of Auth:Audience")]
    [InlineData("exp", 1_000_000_000L, "lifetime has ended, at 2001-09-09")]
    [InlineData("exp", 9_999_999_999L, "Auth:MaxTokenLifetimeSeconds is 86400")]
    [InlineData("nbf", 9_999_999_998L, "lifetime")]
    [InlineData("role", "ROLE_CHEF", "role is none of ours; Auth:RoleClaim is 'role', which has 'ROLE_CHEF'; it must be customer or owner or service or operator")]
    public async Task The_log_says_what_is_wrong_with_a_token(string claim, object value, string expected)
    {
        using var heard = new Heard();
        await using var service = await GuardedService.Start(_authority.Issuer);
        service.Log(heard);
        var claims = _authority.Tokens.Claims("kim", "customer");
        claims["nbf"] = 1_000L;
        claims[claim] = value;

        await service.Ask(_authority.Tokens.Sign(claims));
        Assert.Contains(heard.Warnings, line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_log_says_which_key_is_wrong_and_nothing_of_the_token()
    {
        using var heard = new Heard();
        using var stranger = new TestTokens(_authority.Issuer, "another-key");
        await using var service = await GuardedService.Start(_authority.Issuer);
        service.Log(heard);
        var token = stranger.For("kim", "customer");

        await service.Ask(token);
        var line = Assert.Single(heard.Warnings, static line => line.Contains("refused", StringComparison.Ordinal));
        Assert.Contains("key 'another-key' is none that Auth:Authority publishes", line, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('.')[1], line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Auth:DefaultRole", "operator")]
    [InlineData("Auth:Roles:boss", "ROLE_BOSS")]
    [InlineData("Auth:Roles:owner", ",")]
    [InlineData("Auth:RoleClaim", "")]
    [InlineData("Auth:StoreClaim", " ")]
    [InlineData("Auth:Audience", ",")]
    [InlineData("Auth:ClientAuthentication", "jwt")]
    [InlineData("Auth:Authorities:0:Authority", "login.example.com")]
    [InlineData("Auth:Authorities:0:SubjectPrefix", null, "--Auth:Authorities:0:Authority=https://login.example.com")]
    [InlineData("Auth:Authorities:0:Tenants", null, "--Auth:Authorities:0:Authority=https://login.example.com/{tenantid}", "--Auth:Authorities:0:SubjectPrefix=b-")]
    [InlineData("Auth:Authorities:0:MetadataAddress", null, "--Auth:Authorities:0:Authority=https://login.example.com/{tenantid}", "--Auth:Authorities:0:Tenants=t", "--Auth:Authorities:0:SubjectPrefix=b-")]
    [InlineData("Auth:Authorities:1:Authority", "https://a.example.com/", "--Auth:Authorities:0:Authority=https://a.example.com", "--Auth:Authorities:0:SubjectPrefix=a-", "--Auth:Authorities:1:SubjectPrefix=b-")]
    public async Task A_setting_that_cannot_be_meant_is_named_at_the_start(string setting, string? value, params string[] others)
    {
        string[] settings = value is null ? others : [.. others, $"--{setting}={value}"];
        var impossible = await Assert.ThrowsAsync<StartException>(() => GuardedService.Start(_authority.Issuer, clock: null, settings));
        Assert.Contains($"The setting {setting} ", impossible.Message, StringComparison.Ordinal);
    }

    private string Short(string subject, string role, int seconds)
    {
        var claims = _authority.Tokens.Claims(subject, role);
        claims["exp"] = (long)claims["iat"] + seconds;
        claims["iat"] = (long)claims["iat"] - 100;
        return _authority.Tokens.Sign(claims);
    }

    private string Signed(RSA key, string keyId)
    {
        var signed = $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { alg = "RS256", kid = keyId, typ = "JWT" }))}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(_authority.Tokens.Claims("kim", "customer")))}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static System.Text.Json.Nodes.JsonNode Said(object key, string issuer)
    {
        var node = JsonSerializer.SerializeToNode(key)!;
        node["issuer"] = issuer;
        return node;
    }

    private sealed class Heard : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Warnings => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                _lines.Enqueue(formatter(state, exception));
        }

        public void Dispose() => _lines.Clear();
    }
}
