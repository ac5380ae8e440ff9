using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Security.Authorities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Security.Calling;

/// <summary>
/// This service's own token, by client credentials (RFC 6749, 4.4): kept until it nears its end, renewed ahead behind the callers' backs.
/// While the provider is away, callers are told at once and the provider is asked once a second.
/// </summary>
internal sealed partial class ServiceTokens(IOptions<AuthOptions> options, Authority authority, TimeProvider clock, ILogger<ServiceTokens> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private volatile OwnToken? _token;
    private volatile AuthorityException? _failure;
    private Task _fetching = Task.CompletedTask;
    private long? _asked;

    /// <summary>The token; null if this service calls without one, as in Development.</summary>
    /// <exception cref="AuthorityException">It needs one and cannot get it.</exception>
    public async ValueTask<string?> Get(CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(options.Value.ClientId))
            return null;

        var now = clock.GetUtcNow();
        if (_token is not { } token || token.Expires <= now)
        {
            await Fetch().WaitAsync(cancellation);
            token = _token is { } fetched && fetched.Expires > now ? fetched : throw _failure ?? new AuthorityException();
        }
        else if (token.RenewFrom <= now)
        {
            _ = Fetch();
        }

        return token.Value;
    }

    /// <summary>The token was refused; the next caller gets a new one.</summary>
    public void Drop(string refused)
    {
        if (_token is { } token && string.Equals(token.Value, refused, StringComparison.Ordinal))
            _token = null;
    }

    private Task Fetch()
    {
        lock (_gate)
        {
            if (_fetching.IsCompleted && (_asked is not { } asked || clock.GetElapsedTime(asked) > Pause))
            {
                _asked = clock.GetTimestamp();
                _fetching = Task.Run(FetchNow);
            }

            return _fetching;
        }
    }

    private async Task FetchNow()
    {
        try
        {
            var discovered = await authority.Discover(CancellationToken.None);
            using var answer = await authority.Send(Request(discovered.Tokens), CancellationToken.None);
            _token = Read(answer.RootElement);
        }
        catch (AuthorityException failure)
        {
            _failure = failure;
            Failed(failure.Message);
        }
    }

    private HttpRequestMessage Request(Uri tokens)
    {
        var settings = options.Value;
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["grant_type"] = "client_credentials", ["audience"] = settings.Audience };
        if (!string.IsNullOrEmpty(settings.Scope))
        {
            form["scope"] = settings.Scope;
        }

        var credentials = $"{Uri.EscapeDataString(settings.ClientId!)}:{Uri.EscapeDataString(settings.ClientSecret!)}";
        return new HttpRequestMessage(HttpMethod.Post, tokens)
        {
            Content = new FormUrlEncodedContent(form),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))) },
        };
    }

    private OwnToken Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("access_token", out var token) || token.ValueKind != JsonValueKind.String)
            throw new AuthorityException("The provider's answer has no access_token.");

        var lifetime = answer.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var number) ? TimeSpan.FromSeconds(number) : Usual;
        var now = clock.GetUtcNow();
        return new OwnToken(token.GetString()!, now + (lifetime * 0.75), now + lifetime);
    }

    [LoggerMessage(LogLevel.Warning, "This service gets no token to call others with. {Why}")]
    private partial void Failed(string why);

    private sealed record OwnToken(string Value, DateTimeOffset RenewFrom, DateTimeOffset Expires);
}
