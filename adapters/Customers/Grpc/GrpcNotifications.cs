using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Customer.V1;
using Grpc.Core;
using ContactChannel = FoodDelivery.Customers.ContactChannel;
using Language = FoodDelivery.Customers.Language;

namespace FoodDelivery.Adapters.Customers.Grpc;

/// <summary>What was sent to whom, over gRPC.</summary>
internal sealed class GrpcNotifications(ListNotificationsHandler list, GetOwnerContactHandler get, ChangeOwnerContactHandler change, ConfirmPhoneHandler phones)
    : NotificationService.NotificationServiceBase
{
    private static readonly FieldNames OfContact = new(("storeId", "contact.store_id"), ("phone", "contact.phone"));

    public override async Task<ListNotificationsResponse> ListNotifications(ListNotificationsRequest request, ServerCallContext context)
    {
        var page = PageRequest.Of(request.PageSize, request.PageToken).ValueOrThrow();
        var query = new ListNotifications(request.HasOrderId ? new OrderId(request.OrderId) : null, page.After ?? 0, page.Size + 1);
        var sent = (await list.Handle(query, context.AccessScope(), context.CancellationToken)).ValueOrThrow().Items;
        return new ListNotificationsResponse
        {
            Notifications = { sent.Take(page.Size).Select(Mapping.ToProto) },
            NextPageToken = page.Next(sent, static one => one.Number),
        };
    }

    public override async Task<SetOwnerContactResponse> SetOwnerContact(SetOwnerContactRequest request, ServerCallContext context)
    {
        var wanted = request.Contact ?? new OwnerContact();
        var command = new ChangeOwnerContact(
            new StoreId(wanted.StoreId),
            wanted.Phone,
            wanted.Channel.ToDomain() ?? ContactChannel.None,
            wanted.Language.ToDomain() ?? Language.Korean);
        var contact = (await change.Handle(command, context.AccessScope(), context.CancellationToken)).In(OfContact).ValueOrThrow();
        return new SetOwnerContactResponse { Contact = contact.ToProto(command.Store) };
    }

    public override async Task<GetOwnerContactResponse> GetOwnerContact(GetOwnerContactRequest request, ServerCallContext context)
    {
        var query = new GetOwnerContact(new StoreId(request.StoreId));
        var contact = (await get.Handle(query, context.AccessScope(), context.CancellationToken)).ValueOrThrow();
        return new GetOwnerContactResponse { Contact = contact.ToProto(query.Store) };
    }

    public override async Task<SendOwnerPhoneCodeResponse> SendOwnerPhoneCode(SendOwnerPhoneCodeRequest request, ServerCallContext context)
    {
        var command = new SendPhoneCode(Holder(request.StoreId), Caller.Of(context.GetHttpContext()));
        return new SendOwnerPhoneCodeResponse
        {
            Confirmation = (await phones.Handle(command, context.AccessScope(), context.CancellationToken)).ValueOrThrow().ToProto(),
        };
    }

    public override async Task<ConfirmOwnerPhoneResponse> ConfirmOwnerPhone(ConfirmOwnerPhoneRequest request, ServerCallContext context)
    {
        var command = new ConfirmPhone(Holder(request.StoreId), request.Code);
        return new ConfirmOwnerPhoneResponse
        {
            Confirmation = (await phones.Handle(command, context.AccessScope(), context.CancellationToken)).ValueOrThrow().ToProto(),
        };
    }

    private static PhoneHolder Holder(long store) => new(RecipientRole.Owner, new StoreId(store).ToString());
}
