using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Security.Calling;

/// <summary>A service that calls others must be somebody; only in Development it need not.</summary>
internal sealed class ServiceIdentityCheck(IHostEnvironment environment) : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options) =>
        string.IsNullOrEmpty(options.ClientId) && !environment.IsDevelopment()
            ? ValidateOptionsResult.Fail(
                "The settings Auth:ClientId and Auth:ClientSecret are missing; outside Development this service needs a token of its own (role service) to call others.")
            : ValidateOptionsResult.Success;
}
