using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Customer.V1;
using Grpc.Core;
using ContactChannel = FoodDelivery.Customers.ContactChannel;
using Language = FoodDelivery.Customers.Language;

namespace FoodDelivery.Adapters.Customers.Grpc;

/// <summary>What was sent to whom, over gRPC.</summary>
internal sealed class GrpcNotifications(INotifications notifications, IOrderStatuses statuses, IContacts contacts, ChangeOwnerContactHandler changing)
    : NotificationService.NotificationServiceBase
{
    public override async Task<ListNotificationsResponse> ListNotifications(ListNotificationsRequest request, ServerCallContext context)
    {
        if (PageRequest.Of(request.PageSize, request.PageToken).IsError(out var rejection, out var page))
            throw rejection.ToRpcException();
        OrderId? order = request.HasOrderId ? new OrderId(request.OrderId) : null;
        var reach = context.AccessScope();
        if ((await statuses.Telling(order, "order_id", reach, context.CancellationToken)).IsError(out rejection))
            throw rejection.ToRpcException();
        var sent = await notifications.Sent(order, reach.Told(), page.After ?? 0, page.Size + 1, context.CancellationToken);
        return new ListNotificationsResponse
        {
            Notifications = { sent.Take(page.Size).Select(ViewMapping.ToProto) },
            NextPageToken = page.Next(sent, static one => one.Number),
        };
    }

    public override async Task<SetOwnerContactResponse> SetOwnerContact(SetOwnerContactRequest request, ServerCallContext context)
    {
        var wanted = request.Contact ?? new OwnerContact();
        _ = context.AccessScope().ForStore(wanted.StoreId, "contact.store_id").ValueOrThrow();
        var command = new ChangeOwnerContact(
            new StoreId(wanted.StoreId), wanted.Phone, wanted.Channel.ToDomain() ?? ContactChannel.None, wanted.Language.ToDomain() ?? Language.Korean);
        var contact = (await changing.Handle(command, context.CancellationToken)).ValueOrThrow();
        return new SetOwnerContactResponse { Contact = contact.ToProto(command.Store) };
    }

    public override async Task<GetOwnerContactResponse> GetOwnerContact(GetOwnerContactRequest request, ServerCallContext context)
    {
        _ = context.AccessScope().ForStore(request.StoreId, "store_id").ValueOrThrow();
        var store = new StoreId(request.StoreId);
        return await contacts.Find(RecipientRole.Owner, store.ToString(), context.CancellationToken) is { } contact
            ? new GetOwnerContactResponse { Contact = contact.ToProto(store) }
            : throw Error.NotFound("owner contact", store).ToRpcException();
    }
}
