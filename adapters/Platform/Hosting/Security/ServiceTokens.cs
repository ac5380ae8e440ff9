using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>Registration of calls to other services under this service's own token.</summary>
public static class CallingServices
{
    /// <summary>Sends this service's own token with every call of the client: <c>Auth:ClientId</c> and <c>Auth:ClientSecret</c>, required outside Development.</summary>
    public static IHttpClientBuilder AddServiceToken(this IHttpClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.Services.TryAddSingleton<ServiceTokens>();
        client.Services.TryAddTransient<ServiceTokenHandler>();
        client.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthOptions>, ServiceIdentityCheck>());
        return client.AddHttpMessageHandler<ServiceTokenHandler>();
    }
}

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

/// <summary>Puts this service's own token into its calls to another.</summary>
internal sealed class ServiceTokenHandler(ServiceTokens tokens) : DelegatingHandler
{
    private const string RpcStatus = "grpc-status";
    private const string Unauthenticated = "16";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await tokens.Get(cancellationToken) is not { } token)
            return await base.SendAsync(request, cancellationToken);

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        if (IsRefused(response))
            tokens.Drop(token);

        return response;
    }

    private static bool IsRefused(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.Unauthorized
        || (response.Headers.TryGetValues(RpcStatus, out var statuses) && statuses.Contains(Unauthenticated, StringComparer.Ordinal));
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
