using System.Security.Cryptography;
using FoodDelivery.Adapters.Customers.Grpc;
using FoodDelivery.Adapters.Customers.Messaging;
using FoodDelivery.Adapters.Customers.Notifications;
using FoodDelivery.Adapters.Customers.Notifications.Nhn;
using FoodDelivery.Adapters.Customers.Persistence;
using FoodDelivery.Adapters.Customers.Redis;
using FoodDelivery.Adapters.Customers.Rest;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Redis;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Customers;

/// <summary>The Customer context: what it consists of, and where it is reached.</summary>
public static class CustomersModule
{
    /// <summary>The consumer group that writes the notifications.</summary>
    public const string NotificationConsumer = "customer-notifications";

    /// <summary>The consumer group that gives points and takes them back.</summary>
    public const string PointsConsumer = "customer-points";

    private const int MaxNotificationsPerRound = 200;

    /// <summary>Registers use cases, persistence, messaging and the gRPC services; needs an event log beside it.</summary>
    /// <exception cref="SettingException">A setting cannot be used; the message names it.</exception>
    public static IServiceCollection AddCustomers(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddDatabase("customer", typeof(CustomersModule))
            .AddView(configuration)
            .AddMembers(configuration)
            .AddChannels(configuration)
            .AddNotifications(configuration)
            .AddSingleton<GrpcOrderStatuses>()
            .AddSingleton<GrpcNotifications>()
            .AddSingleton<GrpcMembers>();
    }

    /// <summary>Maps the gRPC services and the REST routes.</summary>
    public static WebApplication MapCustomers(this WebApplication app)
    {
        app.MapGrpcService<GrpcOrderStatuses>()
            .AllowMethod(nameof(GrpcOrderStatuses.GetOrderStatus), Roles.Customer)
            .AllowMethod(nameof(GrpcOrderStatuses.ListOrderStatuses), Roles.Customer)
            .AllowMethod(nameof(GrpcOrderStatuses.WatchOrder), Roles.Customer);
        app.MapGrpcService<GrpcNotifications>()
            .AllowMethod(nameof(GrpcNotifications.ListNotifications), Roles.Customer)
            .AllowMethod(nameof(GrpcNotifications.SetOwnerContact), Roles.Owner)
            .AllowMethod(nameof(GrpcNotifications.SendOwnerPhoneCode), Roles.Owner)
            .AllowMethod(nameof(GrpcNotifications.ConfirmOwnerPhone), Roles.Owner)
            .AllowMethod(nameof(GrpcNotifications.GetOwnerContact), Roles.Owner);
        app.MapGrpcService<GrpcMembers>()
            .AllowMethod(nameof(GrpcMembers.SignUp), Roles.Customer)
            .AllowMethod(nameof(GrpcMembers.GetMember), Roles.Customer)
            .AllowMethod(nameof(GrpcMembers.ChangeMember), Roles.Customer)
            .AllowMethod(nameof(GrpcMembers.WithdrawMember), Roles.Customer)
            .AllowMethod(nameof(GrpcMembers.SendPhoneCode), Roles.Customer)
            .AllowMethod(nameof(GrpcMembers.ConfirmPhone), Roles.Customer)
            .AllowMethod(nameof(GrpcMembers.GetPoints), Roles.Customer);
        OrderStatusRoutes.Map(app);
        NotificationRoutes.Map(app);
        MemberRoutes.Map(app);
        PhoneRoutes.Map(app);
        OwnerRoutes.Map(app);
        OperationRoutes.Map(app);
        return app;
    }

    /// <summary>The store that the setting <c>View:Provider</c> names: Database, where it says nothing, or Redis. No other's settings are looked at.</summary>
    private static IServiceCollection AddView(this IServiceCollection services, IConfiguration configuration)
    {
        // Each store has a consumer of its own, so that one that is chosen again goes on where it was left.
        const string key = "View:Provider";
        var provider = configuration[key];
        if (string.IsNullOrEmpty(provider) || Is("Database"))
        {
            services.AddSingleton<IOrderStatuses, SqlOrderStatuses>().AddSingleton<IStatusFeed, InProcessStatusFeed>();
            Follow("customer-view");
        }
        else if (Is("Redis"))
        {
            services
                .AddRedis()
                .AddSingleton<RedisOrderStatuses>()
                .AddSingleton<IOrderStatuses>(static provider => provider.GetRequiredService<RedisOrderStatuses>())
                .AddSingleton<IStatusFeed, RedisStatusFeed>()
                .AddHostedService<LossWatch>()
                .AddReadiness("view", static (provider, cancellation) => provider.GetRequiredService<RedisOrderStatuses>().Serves(cancellation));
            Follow("customer-view-redis");
        }
        else
        {
            throw new SettingException($"The setting {key} is '{provider}'; it must be Database or Redis.");
        }

        return services
            .AddSingleton<IStatusHistory, LogStatusHistory>()
            .AddSingleton<OrderStatusChangedHandler>()
            .AddSingleton<GetStatusHandler>()
            .AddSingleton<ListStatusesHandler>()
            .AddSingleton<WatchOrderHandler>()
            .AddSingleton<RebuildViewHandler>()
            .AddRebuild<RebuildViewHandler>("order-statuses");

        void Follow(string consumer) => services.OnStatusChanged<OrderStatusChangedHandler>(
            consumer,
            static (handler, changed, context, cancellation) => handler.Handle(changed, context, cancellation),
            static handlers => handlers.OnErased<OrderStatusChangedHandler>(static (handler, erased, cancellation) => handler.Handle(erased, cancellation)));

        bool Is(string name) => string.Equals(provider, name, StringComparison.OrdinalIgnoreCase);
    }

    private static IServiceCollection AddMembers(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<IMembers, SqlMembers>()
        .AddSingleton<IMembershipNumbers, RandomMembershipNumbers>()
        .AddSingleton<IPoints, SqlPoints>()
        .AddSingleton(CustomerSettings.ReadPoints(configuration))
        .AddSingleton<GetMemberHandler>()
        .AddSingleton<GetPointsHandler>()
        .AddSingleton<SignUpHandler>()
        .AddSingleton<ChangeMemberHandler>()
        .AddSingleton<WithdrawHandler>()
        .AddSingleton<IPhoneConfirmations, SqlPhoneConfirmations>()
        .AddSingleton<IPhoneCodes, RandomPhoneCodes>()
        .AddSingleton(CustomerSettings.ReadPhoneCodes(configuration))
        .AddSingleton<ConfirmPhoneHandler>()
        .AddSingleton<ForgetCustomerHandler>()
        .AddSingleton<CollectPointsHandler>()
        .OnStatusChanged<CollectPointsHandler>(
            PointsConsumer,
            static (handler, changed, context, cancellation) => handler.Handle(changed, context, cancellation),
            static handlers => handlers.OnCustomerErased());

    private static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<DispatchSignal>()
        .AddSingleton<INotifications, SqlNotifications>()
        .AddSingleton<IContacts, SqlContacts>()
        .AddSingleton<ChangeOwnerContactHandler>()
        .AddSingleton<GetOwnerContactHandler>()
        .AddSingleton<ListNotificationsHandler>()
        .AddSingleton<UndeliveredHandler>()
        .AddSingleton(CustomerSettings.ReadTerms(configuration))
        .AddSingleton<IMessageCounts, SqlMessageCounts>()
        .AddSingleton(CustomerSettings.ReadLimits(configuration))
        .AddRetention(static _ => SqlMessageCounts.Ended)
        .AddSingleton<NotifyOfChangesHandler>()
        .AddRetention(static provider => SqlNotifications.OfLongAgo(provider.GetRequiredService<NotificationTerms>()))
        .AddSingleton<DispatchNotificationsHandler>()
        .AddSingleton(new DispatchNotifications(MaxNotificationsPerRound, CustomerSettings.ReadClaim(configuration)))
        .AddHostedService<Dispatcher>()
        .OnStatusChanged<NotifyOfChangesHandler>(
            NotificationConsumer,
            static (handler, changed, context, cancellation) => handler.Handle(changed, context, cancellation),
            static handlers => handlers.OnErased<NotifyOfChangesHandler>(static (handler, erased, cancellation) => handler.Handle(erased, cancellation)));

    /// <summary>The ways out: the console always, KakaoTalk and SMS where they are configured.</summary>
    private static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration configuration)
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

/// <summary>Numbers that nobody can guess, since whoever knows one can name it at an order.</summary>
internal sealed class RandomMembershipNumbers : IMembershipNumbers
{
    public MembershipNumber Draw() => MembershipNumber.Of(
        (RandomNumberGenerator.GetInt32(1_000_000, 10_000_000) * 10_000L) + RandomNumberGenerator.GetInt32(10_000));
}

/// <summary>Codes that nobody can guess, since whoever says one shows by it that a telephone is theirs.</summary>
internal sealed class RandomPhoneCodes : IPhoneCodes
{
    public string Draw() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6");
}
