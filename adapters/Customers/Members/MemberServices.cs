using FoodDelivery.Adapters.Customers.Messaging;
using FoodDelivery.Adapters.Customers.Persistence;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Customers.Members;

/// <summary>Registration of members and points.</summary>
internal static class MemberServices
{
    /// <exception cref="SettingException">A setting cannot be used; the message names it.</exception>
    public static IServiceCollection AddMembers(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<IMembers, SqlMembers>()
        .AddSingleton<IMembershipNumbers, RandomMembershipNumbers>()
        .AddSingleton<IPoints, SqlPoints>()
        .AddSingleton(PointsSettings.Read(configuration))
        .AddSingleton<GetMemberHandler>()
        .AddSingleton<GetPointsHandler>()
        .AddSingleton<SignUpHandler>()
        .AddSingleton<ChangeMemberHandler>()
        .AddSingleton<WithdrawHandler>()
        .AddSingleton<CollectPointsHandler>()
        .AddConsumer(CustomerServices.PointsConsumer, Topics.Ordering, static handlers => handlers
            .On<Proto.OrderStatusChanged>(static (services, data, received, cancellation) =>
                services.GetRequiredService<CollectPointsHandler>().Handle(data.ToDomain(), received.MessageContext, cancellation)));
}
