using FoodDelivery.Adapters.Customers.Notifications.Nhn;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Customers.Notifications;

/// <summary>Which ways out there are: the console always, KakaoTalk and SMS where they are configured.</summary>
internal static class Channels
{
    /// <exception cref="SettingException">A setting cannot be used; the message names it.</exception>
    public static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration configuration)
    {
        var unclear = Setting.Seconds(configuration, "Customer:Channels:UnclearSeconds", 30);
        services.AddSingleton<INotificationChannel, ConsoleChannel>();
        if (KakaoSettings.Read(configuration) is { } kakao)
        {
            services.AddClient(kakao, kakao.Access, unclear).AddSingleton<INotificationChannel>(provider => new AlimTalkChannel(
                provider.GetRequiredKeyedService<NhnClient>(kakao), kakao, provider.GetRequiredService<TimeProvider>()));
        }

        if (SmsSettings.Read(configuration) is { } sms)
        {
            services.AddClient(sms, sms.Access, unclear).AddSingleton<INotificationChannel>(provider => new SmsChannel(
                provider.GetRequiredKeyedService<NhnClient>(sms), sms, provider.GetRequiredService<TimeProvider>()));
        }

        // The first of them takes what has no other.
        return services.AddSingleton<IReadOnlyList<INotificationChannel>>(static provider => [.. provider.GetServices<INotificationChannel>()]);
    }

    private static IServiceCollection AddClient(this IServiceCollection services, object key, NhnAccess access, TimeSpan unclear) =>
        services.AddKeyedSingleton(key, (provider, _) => new NhnClient(
            access, unclear, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<NhnClient>>()));
}
