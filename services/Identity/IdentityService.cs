using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Services.Identity.Authorizing;
using FoodDelivery.Services.Identity.Keys;
using FoodDelivery.Services.Identity.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Services.Identity;

/// <summary>A small OAuth 2 authorization server, for development: whoever runs the product for others brings a provider of their own.</summary>
public static class IdentityService
{
    private const int Port = 8086;

    /// <summary>Builds it from a command line.</summary>
    /// <exception cref="SettingException">A setting cannot be used, or it was started outside Development without being told to.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Identity", args, new ListenedPort("Identity:RestPort", Port, HttpProtocols.Http1));
        var settings = IdentitySettings.Read(builder.Configuration, builder.Environment.IsDevelopment(), Port);
        builder.Configuration.AddInMemoryCollection([new("Auth:Authority", settings.Issuer)]);
        builder.Services
            .AddSingleton(settings)
            .AddSingleton(static services => new KeyRing(
                new KeyFile(services.GetRequiredService<IdentitySettings>().KeyFile),
                services.GetRequiredService<IdentitySettings>().Schedule,
                services.GetRequiredService<TimeProvider>()))
            .AddSingleton<TokenIssuer>()
            .AddSingleton<Codes>()
            .AddSingleton<Grants>();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapKeys();
        app.MapTokens();
        if (settings.Users.Count > 0)
        {
            app.MapAuthorization();
        }

        // A file of keys that cannot be read ends the start, and not the first request.
        app.Services.GetRequiredService<KeyRing>();
        return app;
    }
}
