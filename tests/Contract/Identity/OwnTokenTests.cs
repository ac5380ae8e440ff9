using System.Net;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Identity;

/// <summary>How a service comes to its own token, whatever its provider answers, and what becomes of one that is refused.</summary>
public sealed class OwnTokenTests : IAsyncLifetime
{
    private TestAuthority _authority = null!;
    private GuardedService _other = null!;

    public async Task InitializeAsync()
    {
        _authority = await TestAuthority.Start();
        _other = await GuardedService.Start(_authority.Issuer);
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _authority.DisposeAsync();
    }

    [Theory]
    [InlineData(600)]
    [InlineData("3599")]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData(0)]
    public async Task It_is_used_however_its_lifetime_is_said(object? expiresIn)
    {
        _authority.ExpiresIn = expiresIn;
        await using var service = await Calling();
        Assert.Equal("OK", await service.Rest.GetStringAsync("/call"));
        Assert.Equal("OK", await service.Rest.GetStringAsync("/call"));
    }

    [Theory]
    [InlineData(new[] { "client_secret_post" }, null, false)]
    [InlineData(new[] { "client_secret_post", "client_secret_basic" }, null, true)]
    [InlineData(new[] { "private_key_jwt" }, null, true)]
    [InlineData(null, null, true)]
    [InlineData(null, "post", false)]
    [InlineData(new[] { "client_secret_post" }, "basic", true)]
    public async Task The_secret_is_sent_as_the_provider_takes_it(string[]? proofs, string? setting, bool inHeader)
    {
        _authority.ClientProofs = proofs;
        await using var service = await Calling(setting is null ? [] : [$"--Auth:ClientAuthentication={setting}"]);
        Assert.Equal("OK", await service.Rest.GetStringAsync("/call"));

        Assert.Equal(inHeader, _authority.LastAsked.StartsWith("Basic ", StringComparison.Ordinal));
        Assert.Equal(!inHeader, _authority.LastAsked.Contains("client_id=order client_secret=a secret of the tests", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_is_refused_is_fetched_anew_and_the_call_sent_once_more()
    {
        using var stranger = new TestTokens(_authority.Issuer, _authority.Tokens.KeyId);
        var given = 0;
        _authority.OwnToken = () => given++ == 0 ? stranger.For("order", "service") : _authority.Tokens.For("order", "service");
        await using var service = await Calling();

        Assert.Equal("OK", await service.Rest.GetStringAsync("/call"));
        Assert.Equal(2, given);
    }

    [Fact]
    public async Task A_service_whose_token_is_no_services_is_not_ready_until_it_is()
    {
        _authority.OwnToken = () => _authority.Tokens.For("order", "customer");
        await using var service = await Calling();
        Assert.DoesNotContain("own token", await ServiceRunner.Lacks(service.App));
        Assert.Equal("Forbidden", await service.Rest.GetStringAsync("/call"));
        Assert.Contains("own token", await ServiceRunner.Lacks(service.App));

        _authority.OwnToken = null;
        await Eventually.Holds(async () => Assert.DoesNotContain("own token", await ServiceRunner.Lacks(service.App)));
        Assert.Equal("OK", await service.Rest.GetStringAsync("/call"));
    }

    [Fact]
    public async Task A_service_that_gets_no_token_is_not_ready_until_it_does()
    {
        _authority.SaysWhereTokensAre = false;
        await using var service = await Calling();
        Assert.Equal("none", await service.Rest.GetStringAsync("/call"));
        Assert.Contains("own token", await ServiceRunner.Lacks(service.App));

        _authority.SaysWhereTokensAre = true;
        await Eventually.Holds(async () => Assert.DoesNotContain("own token", await ServiceRunner.Lacks(service.App)));
        Assert.Equal("OK", await service.Rest.GetStringAsync("/call"));
    }

    [Fact]
    public async Task One_in_hand_goes_on_while_the_provider_is_away()
    {
        _authority.ExpiresIn = 1;
        await using var service = await Calling();
        Assert.Equal("OK", await service.Rest.GetStringAsync("/call"));
        await _authority.DisposeAsync();

        await Task.Delay(TimeSpan.FromSeconds(2.5));
        Assert.Equal("OK", await service.Rest.GetStringAsync("/call"));
        _authority = await TestAuthority.Start();
    }

    private Task<RunningService> Calling(params string[] settings)
    {
        var address = _other.Address;
        return RunningService.With(
            builder => builder.Services.AddHttpClient("other", http => http.BaseAddress = address)
                .AddServiceToken(static (services, cancellation) => Call(services.GetRequiredService<IHttpClientFactory>(), cancellation)),
            static app => app.MapGet("/call", static (IHttpClientFactory clients, CancellationToken cancellation) => Call(clients, cancellation)),
            [.. _authority.Settings, .. settings]);
    }

    private static async Task<string> Call(IHttpClientFactory clients, CancellationToken cancellation)
    {
        try
        {
            using var answer = await clients.CreateClient("other").GetAsync(new Uri("/services", UriKind.Relative), cancellation);
            return answer.StatusCode == HttpStatusCode.OK ? "OK" : $"{answer.StatusCode}";
        }
        catch (AuthorityException)
        {
            return "none";
        }
    }
}
