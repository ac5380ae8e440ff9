using FoodDelivery.Adapters.Customers.Members;
using FoodDelivery.Adapters.Customers.Messaging;
using FoodDelivery.Adapters.Customers.Notifications;
using FoodDelivery.Adapters.Customers.Persistence;
using FoodDelivery.Adapters.Customers.View;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Customers;

/// <summary>Registration of the Customer context.</summary>
public static class CustomerServices
{
    /// <summary>The consumer group that writes the notifications.</summary>
    public const string NotificationConsumer = "customer-notifications";

    /// <summary>The consumer group that gives points and takes them back.</summary>
    public const string PointsConsumer = "customer-points";

    private const int NotificationsAtOnce = 200;

    /// <summary>Use cases, the view, the notifications and what follows Ordering; needs an event log beside it.</summary>
    /// <exception cref="SettingException">A setting cannot be used; the message names it.</exception>
    public static IServiceCollection AddCustomers(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddDatabase("customer", typeof(CustomerServices))
            .AddView(configuration)
            .AddMembers(configuration)
            .AddChannels(configuration)
            .AddNotifications(ReadClaim(configuration));
    }

    private static TimeSpan ReadClaim(IConfiguration configuration)
    {
        const string key = "Customer:NotificationClaimSeconds";
        var claim = Setting.Seconds(configuration, key, DispatchNotificationsHandler.Claim.TotalSeconds);
        return claim > DispatchNotificationsHandler.Patience
            ? claim
            : throw new SettingException(
                $"The setting {key} is {claim.TotalSeconds}; it must be more than the {DispatchNotificationsHandler.Patience.TotalSeconds} that one sending may take.");
    }

    private static IServiceCollection AddNotifications(this IServiceCollection services, TimeSpan claim) => services
        .AddSingleton<DispatchBell>()
        .AddSingleton<INotifications, SqlNotifications>()
        .AddSingleton<IContacts, SqlContacts>()
        .AddSingleton<ChangeOwnerContactHandler>()
        .AddSingleton<GetOwnerContactHandler>()
        .AddSingleton<ListNotificationsHandler>()
        .AddSingleton<UndeliveredHandler>()
        .AddSingleton<NotifyOfChangesHandler>()
        .AddSingleton<DispatchNotificationsHandler>()
        .AddSingleton(new DispatchNotifications(NotificationsAtOnce, claim))
        .AddHostedService<Dispatcher>()
        .AddConsumer(NotificationConsumer, Topics.Ordering, static handlers => handlers
            .On<Proto.OrderStatusChanged>(static (services, data, received, cancellation) =>
                services.GetRequiredService<NotifyOfChangesHandler>().Handle(data.ToDomain(), received.MessageContext, cancellation)));
}
