using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>Registration of calls to other services under this service's own token.</summary>
public static class CallingServices
{
    private const string Condition = "own token";

    /// <summary>
    /// Sends this service's own token with every call of the client: <c>Auth:ClientId</c> and <c>Auth:ClientSecret</c>, required outside Development. The service is not
    /// ready while there is none or the other side refuses it.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="probe">Calls the other side without effect, to see whether it takes the token again; asked by readiness alone, and only after a refusal.</param>
    public static IHttpClientBuilder AddServiceToken(this IHttpClientBuilder client, Func<IServiceProvider, CancellationToken, Task> probe)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.Services.TryAddSingleton<ServiceTokens>();
        client.Services.TryAddTransient<ServiceTokenHandler>();
        client.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthOptions>, ServiceIdentityCheck>());
        client.Services.AddReadiness(Condition, async (services, cancellation) =>
        {
            var tokens = services.GetRequiredService<ServiceTokens>();
            if (!tokens.IsTaken)
            {
                await tokens.Renew(cancellation);
                await probe(services, cancellation);
            }

            return tokens.IsTaken;
        });
        return client.AddHttpMessageHandler<ServiceTokenHandler>();
    }
}

/// <summary>
/// This service's own token, by client credentials (RFC 6749, 4.4) of the first provider: kept until it nears its end, renewed ahead behind the callers' backs.
/// While the provider is away, it is asked once a second; a token in hand is sent on for as long as its keys serve, and who gets it decides.
/// </summary>
internal sealed partial class ServiceTokens(IOptions<AuthOptions> options, Authorities authorities, TimeProvider clock, ILogger<ServiceTokens> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private volatile OwnToken? _token;
    private volatile AuthorityException? _failure;
    private volatile bool _isRefused;
    private Task _fetching = Task.CompletedTask;
    private long? _asked;
    private long? _askedAgain;

    /// <summary>Whether there is a token and nobody has refused it, as far as is known.</summary>
    public bool IsTaken => !_isRefused;

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
            token = _token is { } last && last.Expires + Longest > now ? last : null;
            if (token is null)
            {
                var failure = _failure ?? new AuthorityException();
                Told(failure.Message);
                throw failure;
            }
        }
        else if (token.RenewFrom <= now)
        {
            _ = Fetch();
        }

        return token.Value;
    }

    /// <summary>Another token than the one that was refused; null if the provider gives none.</summary>
    public async Task<string?> Another(string refused, CancellationToken cancellation)
    {
        if (_token?.Value == refused)
            await Renew(cancellation);

        return _token is { } token && token.Value != refused ? token.Value : null;
    }

    /// <summary>Fetches a token though there is one, which may be no good; once a second at the most.</summary>
    public Task Renew(CancellationToken cancellation) => Fetch(again: true).WaitAsync(cancellation);

    /// <summary>How a call under the token ended: why it was refused for the token's sake, or null.</summary>
    public void Told(string? refusal)
    {
        if (refusal is not null == _isRefused)
            return;

        _isRefused = refusal is not null;
        if (refusal is null)
            TakenAgain();
        else
            NotTaken(options.Value.ClientId!, refusal);
    }

    private Task Fetch(bool again = false)
    {
        lock (_gate)
        {
            ref var last = ref (again ? ref _askedAgain : ref _asked);
            if (_fetching.IsCompleted && (last is not { } asked || clock.GetElapsedTime(asked) > Pause))
            {
                last = clock.GetTimestamp();
                _fetching = Task.Run(FetchNow);
            }

            return _fetching;
        }
    }

    private async Task FetchNow()
    {
        try
        {
            var provider = authorities.All[0].Provider;
            var discovered = await provider.Discover(CancellationToken.None);
            using var request = Request(discovered.Tokens ?? throw provider.Lacking("token_endpoint"), provider.Settings, PostsSecret(discovered));
            using var answer = await provider.Send(request, CancellationToken.None);
            _token = Read(answer.RootElement);
        }
        catch (AuthorityException failure)
        {
            _failure = failure;
            Failed(failure.Message);
        }
    }

    // Without a word from the provider the header is what every one must take (RFC 6749, 2.3.1).
    private bool PostsSecret(Discovered discovered) => options.Value.ClientAuthentication switch
    {
        "post" => true,
        "basic" => false,
        _ => discovered.ClientProofs.Contains("client_secret_post", StringComparer.Ordinal) && !discovered.ClientProofs.Contains("client_secret_basic", StringComparer.Ordinal),
    };

    private HttpRequestMessage Request(Uri tokens, AuthorityOptions provider, bool postsSecret)
    {
        var settings = options.Value;
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["grant_type"] = "client_credentials", ["audience"] = provider.Audiences[0] };
        if (!string.IsNullOrEmpty(settings.Scope))
            form["scope"] = settings.Scope;

        if (postsSecret)
            (form["client_id"], form["client_secret"]) = (settings.ClientId!, settings.ClientSecret!);

        var request = new HttpRequestMessage(HttpMethod.Post, tokens) { Content = new FormUrlEncodedContent(form) };
        if (!postsSecret)
        {
            var credentials = $"{Uri.EscapeDataString(settings.ClientId!)}:{Uri.EscapeDataString(settings.ClientSecret!)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        }

        return request;
    }

    private OwnToken Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("access_token", out var token) || token.ValueKind != JsonValueKind.String)
            throw new AuthorityException("The provider's answer has no access_token.");

        var lifetime = Lifetime(answer);
        var now = clock.GetUtcNow();
        return new OwnToken(token.GetString()!, now + (lifetime * 0.75), now + lifetime);
    }

    // Some providers say it as a text, some not at all.
    private static TimeSpan Lifetime(JsonElement answer) =>
        answer.TryGetProperty("expires_in", out var said)
        && double.TryParse(said.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds))
            : Usual;

    [LoggerMessage(LogLevel.Warning, "This service gets no token to call others with. {Why}")]
    private partial void Failed(string why);

    [LoggerMessage(LogLevel.Error, "This service calls others as client {Client}, and cannot: {Why} Auth:ClientId, its role at the provider and the other side's Auth settings must fit.")]
    private partial void NotTaken(string client, string why);

    [LoggerMessage(LogLevel.Information, "This service's own token is taken again.")]
    private partial void TakenAgain();

    private sealed record OwnToken(string Value, DateTimeOffset RenewFrom, DateTimeOffset Expires);
}

/// <summary>Puts this service's own token into its calls to another; one that is refused is fetched anew, and the call sent once more.</summary>
internal sealed class ServiceTokenHandler(ServiceTokens tokens) : DelegatingHandler
{
    private const string RpcStatus = "grpc-status";
    private const string Unauthenticated = "16";
    private const string PermissionDenied = "7";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await tokens.Get(cancellationToken) is not { } token)
            return await base.SendAsync(request, cancellationToken);

        var response = await Send(request, token, cancellationToken);
        if (Is(response, HttpStatusCode.Unauthorized, Unauthenticated) && await tokens.Another(token, cancellationToken) is { } another)
        {
            response.Dispose();
            response = await Send(request, another, cancellationToken);
        }

        tokens.Told(
            Is(response, HttpStatusCode.Unauthorized, Unauthenticated) ? $"{request.RequestUri!.Authority} refuses its token."
            : Is(response, HttpStatusCode.Forbidden, PermissionDenied) ? $"{request.RequestUri!.Authority} takes its token, but not for that of a service."
            : null);
        return response;
    }

    private Task<HttpResponseMessage> Send(HttpRequestMessage request, string token, CancellationToken cancellation)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return base.SendAsync(request, cancellation);
    }

    private static bool Is(HttpResponseMessage response, HttpStatusCode http, string rpc) =>
        response.StatusCode == http || (response.Headers.TryGetValues(RpcStatus, out var statuses) && statuses.Contains(rpc, StringComparer.Ordinal));
}

/// <summary>A service that calls others must be somebody; only in Development it need not.</summary>
internal sealed class ServiceIdentityCheck(IHostEnvironment environment) : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options) =>
        string.IsNullOrEmpty(options.ClientId) && !environment.IsDevelopment()
            ? ValidateOptionsResult.Fail(
                "The settings Auth:ClientId and Auth:ClientSecret are missing; outside Development this service needs a token of its own (role service) to call others.")
            : ValidateOptionsResult.Success;
}
