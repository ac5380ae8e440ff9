using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Services.Identity;

/// <summary>A small OAuth 2 authorization server, for development: whoever runs the product for others brings a provider of their own.</summary>
public static class IdentityService
{
    /// <summary>Builds it from a command line.</summary>
    /// <exception cref="SettingException">A setting cannot be used, or it was started outside Development without being told to.</exception>
    public static WebApplication Build(string[] args) => Build(args, TimeProvider.System);

    /// <summary>Builds it from a command line; codes, tokens and keys come and go by that clock.</summary>
    /// <exception cref="SettingException">A setting cannot be used, or it was started outside Development without being told to.</exception>
    public static WebApplication Build(string[] args, TimeProvider clock)
    {
        var builder = ServiceBuilder.Create("Identity", args);
        var settings = IdentitySettings.Read(builder.Configuration, builder.Environment.IsDevelopment());
        builder.Configuration.AddInMemoryCollection([new("Auth:Authority", settings.Issuer)]);
        builder.Services
            .AddSingleton(settings)
            .AddSingleton(services => new KeyRing(new KeyFile(settings.KeyFile), settings.Schedule, clock, services.GetRequiredService<ILogger<KeyRing>>()))
            .AddSingleton(services => new TokenIssuer(settings, services.GetRequiredService<KeyRing>(), clock))
            .AddSingleton(_ => new Codes(clock))
            .AddSingleton<Grants>();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapKeys();
        app.MapTokens();
        if (settings.Users.Count > 0)
            app.MapAuthorization();

        // A file of keys that cannot be read ends the start, and not the first request.
        app.Services.GetRequiredService<KeyRing>();
        return app;
    }
}
