using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Operations.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Protos.Store.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>A call that is well formed and, if it asks for a change, refused all the same: by a price that is not the menu's, by a number of nobody.</summary>
/// <param name="Service">Whose port.</param>
/// <param name="Path"><c>/package.Service/Method</c>.</param>
/// <param name="Request">Its message.</param>
/// <param name="Lasts">Whether it is a stream, which perhaps only its deadline ends.</param>
/// <param name="Changes">Whether it asks for a change.</param>
internal sealed record Template(string Service, string Path, IMessage Request, bool Lasts, bool Changes)
{
    /// <summary>Whether the path of a field, such as <c>items[1].quantity</c>, leads to one of the request's.</summary>
    public bool HasField(string path)
    {
        var message = Request.Descriptor;
        foreach (var part in path.Split('.'))
        {
            var end = part.IndexOf('[', StringComparison.Ordinal);
            if (message?.FindFieldByName(end < 0 ? part : part[..end]) is not { } field || (end >= 0 && !field.IsRepeated))
                return false;
            message = field.FieldType == FieldType.Message ? field.MessageType : null;
        }

        return true;
    }

    /// <summary>A number that nobody has.</summary>
    public const long Nobody = 999_999_999;

    public static IReadOnlyList<Template> All(long bystander) =>
    [
        Of("Order", OrderService.Descriptor, "PlaceOrder", new PlaceOrderRequest
        {
            Items = { new OrderItem { Item = "chicken", Quantity = 2, UnitPriceWon = 77 }, new OrderItem { Item = "chicken", Quantity = 1 } },
            StoreId = 2, CustomerId = "kim", Address = "서울 🏠", MembershipNumber = "M-1", RequestId = "",
        }),
        Of("Order", OrderService.Descriptor, "PlaceOrder", new PlaceOrderRequest { Items = { new OrderItem { Item = "pizza", Quantity = 1, UnitPriceWon = 77 } }, RequestId = "fuzz" }),
        Of("Order", OrderService.Descriptor, "CancelOrder", new CancelOrderRequest { OrderId = Nobody, Reason = "배가 아파요" }),
        Of("Order", OrderService.Descriptor, "GetOrder", new GetOrderRequest { OrderId = bystander }),
        Of("Order", OrderService.Descriptor, "ListOrders", new ListOrdersRequest { PageSize = 2, PageToken = "YmVmb3JlOjE", CustomerId = "kim" }),
        Of("Pay", PaymentService.Descriptor, "ApprovePayment", new ApprovePaymentRequest { OrderId = 8_000_000_000_000, AmountWon = -5, CustomerId = "kim" }),
        Of("Pay", PaymentService.Descriptor, "RefundPayment", new RefundPaymentRequest { OrderId = 8_000_000_000_000, Reason = "x" }),
        Of("Pay", PaymentService.Descriptor, "GetPayment", new GetPaymentRequest { PaymentId = Nobody }),
        Of("Pay", PaymentService.Descriptor, "ListPayments", new ListPaymentsRequest { PageSize = 2, PageToken = "2", OrderId = bystander }),
        Of("Store", MenuService.Descriptor, "UpdateMenu", new UpdateMenuRequest
        {
            StoreId = 1, Revision = 123_456_789, Dishes = { new Dish { Names = { "chicken", "통닭" }, PriceWon = 18_000 }, new Dish { DishId = 77, Names = { "무" }, PriceWon = 500 } },
        }),
        Of("Store", MenuService.Descriptor, "GetMenu", new GetMenuRequest { StoreId = 1 }),
        Of("Store", StoreService.Descriptor, "GetStore", new GetStoreRequest { StoreId = 1 }),
        Of("Store", StoreService.Descriptor, "ListStores", new ListStoresRequest { PageSize = 1, PageToken = "1" }),
        Of("Store", StoreService.Descriptor, "CreateStore", new CreateStoreRequest
        {
            Settings = new StoreSettings
            {
                Name = "가게", Kind = StoreKind.Cafe, DeliveryFeeWon = 1, Owner = "kim", TimeZone = "Asia/Seoul", ClosedDays = new ClosedDays { Days = { "tomorrow" } },
                Hours = new OpeningTimes { Periods = { new OpeningPeriod { Day = Weekday.Monday, From = "09:00", To = "24:00" } } },
            },
        }),
        Of("Store", StoreService.Descriptor, "UpdateStore", new UpdateStoreRequest { StoreId = 1, Revision = 123_456_789, Settings = new StoreSettings { Name = "가게" } }),
        Of("Store", StoreService.Descriptor, "PauseStore", new PauseStoreRequest { StoreId = Nobody, Until = new Timestamp { Seconds = 4_000_000_000 } }),
        Of("Store", StoreService.Descriptor, "ResumeStore", new ResumeStoreRequest { StoreId = Nobody }),
        Of("Store", StoreService.Descriptor, "CloseStore", new CloseStoreRequest { StoreId = Nobody }),
        Of("Store", TicketService.Descriptor, "AcceptTicket", new AcceptTicketRequest { OrderId = Nobody, RequestId = "fuzz" }),
        Of("Store", TicketService.Descriptor, "RejectTicket", new RejectTicketRequest { OrderId = Nobody, Reason = "x" }),
        Of("Store", TicketService.Descriptor, "StartCooking", new StartCookingRequest { OrderId = bystander }),
        Of("Store", TicketService.Descriptor, "FinishCooking", new FinishCookingRequest { OrderId = bystander }),
        Of("Store", TicketService.Descriptor, "StartDelivery", new StartDeliveryRequest { OrderId = bystander }),
        Of("Store", TicketService.Descriptor, "FinishDelivery", new FinishDeliveryRequest { OrderId = bystander }),
        Of("Store", TicketService.Descriptor, "HandOver", new HandOverRequest { OrderId = bystander }),
        Of("Store", TicketService.Descriptor, "GetTicket", new GetTicketRequest { OrderId = bystander }),
        Of("Store", TicketService.Descriptor, "ListTickets", new ListTicketsRequest { PageSize = 1, PageToken = "1", StoreId = 1 }),
        Of("Store", TicketService.Descriptor, "WatchTickets", new WatchTicketsRequest { OrderId = Nobody, AfterPosition = 1 }),
        Of("Customer", OrderStatusService.Descriptor, "GetOrderStatus", new GetOrderStatusRequest { OrderId = bystander }),
        Of("Customer", OrderStatusService.Descriptor, "ListOrderStatuses", new ListOrderStatusesRequest { PageSize = 1, PageToken = "1", CustomerId = "kim" }),
        Of("Customer", OrderStatusService.Descriptor, "WatchOrder", new WatchOrderRequest { OrderId = Nobody, AfterVersion = 1 }),
        Of("Customer", NotificationService.Descriptor, "ListNotifications", new ListNotificationsRequest { PageSize = 1, PageToken = "1", OrderId = bystander }),
        Of("Customer", NotificationService.Descriptor, "GetOwnerContact", new GetOwnerContactRequest { StoreId = Nobody }),
        Of("Customer", NotificationService.Descriptor, "SetOwnerContact", new SetOwnerContactRequest { Contact = new OwnerContact { StoreId = -1, Phone = "010-1234-5678" } }),
        Of("Customer", MemberService.Descriptor, "SignUp", new SignUpRequest { Name = "김철수 🍗", Phone = "1", CustomerId = "kim", RequestId = "fuzz" }),
        Of("Customer", MemberService.Descriptor, "GetMember", new GetMemberRequest { MembershipNumber = "100000000008" }),
        Of("Customer", MemberService.Descriptor, "ChangeMember", new ChangeMemberRequest { MembershipNumber = "100000000008", Name = "이", Channel = ContactChannel.Sms }),
        Of("Customer", MemberService.Descriptor, "WithdrawMember", new WithdrawMemberRequest { MembershipNumber = "100000000008" }),
        Of("Customer", MemberService.Descriptor, "SendPhoneCode", new SendPhoneCodeRequest { MembershipNumber = "100000000008" }),
        Of("Customer", MemberService.Descriptor, "ConfirmPhone", new ConfirmPhoneRequest { MembershipNumber = "100000000008", Code = "123456" }),
        Of("Customer", NotificationService.Descriptor, "SendOwnerPhoneCode", new SendOwnerPhoneCodeRequest { StoreId = Nobody }),
        Of("Customer", NotificationService.Descriptor, "ConfirmOwnerPhone", new ConfirmOwnerPhoneRequest { StoreId = Nobody, Code = "123456" }),
        Of("Customer", MemberService.Descriptor, "GetPoints", new GetPointsRequest { MembershipNumber = "100000000008", PageSize = 2, PageToken = "MQ" }),
        .. IContextPart.All.SelectMany(part => part.Templates(bystander)),
        Of("Order", DeadLetterService.Descriptor, "ListDeadLetters", new ListDeadLettersRequest { PageSize = 1, PageToken = "1" }),
        Of("Store", DeadLetterService.Descriptor, "ReplayDeadLetters", new ReplayDeadLettersRequest { Consumer = "nobody", Key = "1" }),
        // Both requests have a text in field 1 and so the shape of a wrapped one.
        new("Pay", "/grpc.health.v1.Health/Check", new StringValue { Value = "fooddelivery" }, Lasts: false, Changes: false),
        new("Pay", "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", new StringValue { Value = "localhost" }, Lasts: true, Changes: false),
    ];

    /// <summary>A call of a method.</summary>
    public static Template Of(string service, ServiceDescriptor descriptor, string method, IMessage request) => new(
        service,
        $"/{descriptor.FullName}/{method}",
        request,
        method.StartsWith("Watch", StringComparison.Ordinal),
        !(method.StartsWith("Get", StringComparison.Ordinal) || method.StartsWith("List", StringComparison.Ordinal) || method.StartsWith("Watch", StringComparison.Ordinal)));
}
