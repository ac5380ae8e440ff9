using System.Security.Claims;
using System.Text.Encodings.Web;
using FoodDelivery.Tests.Grpc.Echo;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

public class Authorization
{
    static Task<EchoServer> StartAsync() => EchoServer.StartAsync(
        services: services =>
        {
            services.AddAuthentication("named").AddScheme<AuthenticationSchemeOptions, Named>("named", null);
            services.AddAuthorization();
        },
        pipeline: application =>
        {
            application.UseRouting();
            application.UseAuthentication();
            application.UseAuthorization();
        },
        routes: application => application.MapGrpcService<Guarded>());

    [Theory]
    [InlineData(null, StatusCode.Unauthenticated)]
    [InlineData("customer", StatusCode.PermissionDenied)]
    [InlineData("owner", StatusCode.OK)]
    public async Task An_attribute_on_a_method_guards_it(string? role, StatusCode expected)
    {
        await using var server = await StartAsync();
        var guarded = new GuardedService.GuardedServiceClient(server.Channel);
        var headers = role is null ? null : new Metadata { { "authorization", role } };

        var code = StatusCode.OK;
        try
        {
            Assert.Equal(role, (await guarded.OpenAsync(new SayRequest(), headers)).Text);
        }
        catch (RpcException refusal)
        {
            code = refusal.StatusCode;
        }

        Assert.Equal(expected, code);
    }

    sealed class Guarded : GuardedService.GuardedServiceBase
    {
        [Microsoft.AspNetCore.Authorization.Authorize(Roles = "owner")]
        public override Task<SayResponse> Open(SayRequest request, ServerCallContext context) =>
            Task.FromResult(new SayResponse { Text = context.GetHttpContext().User.Identity!.Name });
    }

    sealed class Named(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers.Authorization is not [{ } role])
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, role), new Claim(ClaimTypes.Role, role)], "named");
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), "named")));
        }
    }
}
