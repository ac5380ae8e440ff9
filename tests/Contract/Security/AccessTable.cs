using FoodDelivery.Platform.Hosting;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Operations.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Protos.Store.V1;
using Google.Protobuf.WellKnownTypes;

namespace FoodDelivery.Tests.Contract.Security;

/// <summary>Who may call what, of every service. A route that is not here fails the tests.</summary>
internal static class AccessTable
{
    public static readonly string[] Operator = [];
    public static readonly string[] Customer = ["customer"];
    private static readonly string[] Owner = ["owner"];
    private static readonly string[] Service = ["service"];
    private static readonly string[] Payers = ["customer", "service"];
    private static readonly string[] Everybody = ["customer", "owner", "service"];
    private static string[]? Open => null;

    /// <summary>The contexts that have their rows beside their own tests.</summary>
    public static IReadOnlyList<IContextAccess> Contexts { get; } =
    [
        .. typeof(IContextAccess).Assembly.GetTypes().Where(static type => type.IsClass && type.IsAssignableTo(typeof(IContextAccess)))
            .Select(static type => (IContextAccess)Activator.CreateInstance(type)!),
    ];

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        ((IEnumerable<Row>)[.. Order(), .. Pay(), .. Store(), .. Customers(), .. Contexts.SelectMany(static context => context.Rows), .. Identity(), .. Common()]).ToDictionary(static row => row.ToString(), StringComparer.Ordinal);

    private static IEnumerable<Row> Order()
    {
        foreach (var path in new[] { "/orders", "/주문s" })
        {
            yield return new("Order", $"POST {path}/", Customer)
            {
                Body = static _ => new { item = "chicken" }, OthersBody = static _ => new { item = "chicken", customerId = ClosedPlatform.Bob }, Others = 403,
            };
            yield return new("Order", $"GET {path}/", Customer) { OthersQuery = "?customerId=bob", Others = 403 };
            yield return new("Order", $"GET {path}/{{id:long}}", Customer) { Others = 404 };
            yield return new("Order", $"PUT {path}/{{id:long}}", Customer) { Body = Cancelling, Others = 404 };
            yield return new("Order", $"PATCH {path}/{{id:long}}", Customer) { Body = Cancelling, Others = 404 };
            yield return new("Order", $"DELETE {path}/{{id:long}}", Customer) { Others = 404 };
        }

        // Their orders are under way, so that nobody is forgotten.
        yield return new("Order", "DELETE /customers/{customerId}", Customer) { Others = 403 };
        const string service = "/fooddelivery.ordering.v1.OrderService/";
        yield return new("Order", service + "EraseCustomer", Customer)
        {
            Body = static _ => new EraseCustomerRequest(), OthersBody = static _ => new EraseCustomerRequest { CustomerId = ClosedPlatform.Bob }, Others = 403,
        };
        yield return new("Order", service + "PlaceOrder", Customer)
        {
            Body = static _ => Placing(""), OthersBody = static _ => Placing(ClosedPlatform.Bob), Others = 403,
        };
        yield return new("Order", service + "GetOrder", Customer) { Body = static given => new GetOrderRequest { OrderId = given.Order }, Others = 404 };
        yield return new("Order", service + "ListOrders", Customer)
        {
            Body = static _ => new ListOrdersRequest(), OthersBody = static _ => new ListOrdersRequest { CustomerId = ClosedPlatform.Bob }, Others = 403,
        };
        yield return new("Order", service + "CancelOrder", Customer) { Body = static given => new CancelOrderRequest { OrderId = given.Order }, Others = 404 };
    }

    private static IEnumerable<Row> Pay()
    {
        foreach (var path in new[] { "/payments", "/결제이력s" })
        {
            yield return new("Pay", $"GET {path}/", Payers) { OthersQuery = "?customerId=bob", Others = 403 };
            yield return new("Pay", $"GET {path}/{{id:long}}", Payers) { Others = 404 };
            yield return new("Pay", $"POST {path}/", Operator) { Body = static given => new { orderId = given.Order, action = "apply" } };
        }

        yield return new("Pay", "PUT /cards/{customerId}", Customer) { Body = static given => ClosedPlatform.Card(given.Customer), Others = 403 };
        yield return new("Pay", "DELETE /cards/{customerId}", Customer) { Others = 403 };
        yield return new("Pay", "POST /webhooks/toss", Open) { Body = static _ => new { eventType = "PAYMENT_STATUS_CHANGED", data = new { orderId = "food-another-1" } } };
        const string service = "/fooddelivery.payment.v1.PaymentService/";
        yield return new("Pay", service + "ApprovePayment", Service) { Body = static _ => new ApprovePaymentRequest() };
        yield return new("Pay", service + "RefundPayment", Operator) { Body = static _ => new RefundPaymentRequest() };
        yield return new("Pay", service + "RemoveCard", Customer)
        {
            Body = static _ => new RemoveCardRequest { CustomerId = ClosedPlatform.Alice }, OthersBody = static _ => new RemoveCardRequest { CustomerId = ClosedPlatform.Bob }, Others = 403,
        };
        yield return new("Pay", service + "GetPayment", Payers) { Body = static given => new GetPaymentRequest { PaymentId = given.Payment }, Others = 404 };
        yield return new("Pay", service + "ListPayments", Payers)
        {
            Body = static _ => new ListPaymentsRequest(), OthersBody = static given => new ListPaymentsRequest { CustomerId = given.Customer }, Others = 403,
        };
    }

    private static IEnumerable<Row> Store()
    {
        foreach (var path in new[] { "/deliveries", "/주문관리s" })
        {
            yield return new("Store", $"GET {path}/", Owner) { OthersQuery = "?storeId=1", Others = 403 };
            yield return new("Store", $"GET {path}/{{orderId}}", Owner) { Others = 404 };
            yield return new("Store", $"PUT {path}/{{orderId}}", Owner) { Body = static _ => new { status = "receive" }, Others = 404 };
            yield return new("Store", $"PATCH {path}/{{orderId}}", Owner) { Body = static _ => new { status = "receive" }, Others = 404 };
        }

        foreach (var path in new[] { "/bakeries", "/주문처리s" })
        {
            yield return new("Store", $"GET {path}", Owner) { OthersQuery = "?storeId=1", Others = 403 };
            yield return new("Store", $"POST {path}", Owner) { Body = static given => new { orderId = given.Order }, Others = 404 };
        }

        yield return new("Store", "GET /stores/", Everybody);
        yield return new("Store", "GET /stores/{storeId}", Everybody);
        yield return new("Store", "GET /stores/{storeId}/menu", Everybody);
        yield return new("Store", "POST /stores/", Operator) { Body = static _ => new { name = "none", kind = "none" } };
        yield return new("Store", "PATCH /stores/{storeId}", Owner) { Body = static _ => new { kind = "none" }, Others = 403 };
        yield return new("Store", "POST /stores/{storeId}/pause", Owner) { Body = static _ => new { until = "never" }, Others = 403 };
        yield return new("Store", "POST /stores/{storeId}/resume", Owner) { Body = static _ => new { revision = 99 }, Others = 403 };
        yield return new("Store", "POST /stores/{storeId}/close", Owner) { Body = static _ => new { revision = 99 }, Others = 403 };
        yield return new("Store", "PUT /stores/{storeId}/menu", Owner) { Body = static _ => new { dishes = "none" }, Others = 403 };

        yield return new("Store", "POST /operations/tickets/rebuild", Operator);
        yield return new("Store", "GET /operations/tickets/rebuild", Operator);

        const string stores = "/fooddelivery.store.v1.StoreService/", menus = "/fooddelivery.store.v1.MenuService/", tickets = "/fooddelivery.store.v1.TicketService/";
        yield return new("Store", stores + "GetStore", Everybody) { Body = static given => new GetStoreRequest { StoreId = given.Store } };
        yield return new("Store", stores + "ListStores", Everybody) { Body = static _ => new ListStoresRequest() };
        yield return new("Store", stores + "CreateStore", Operator) { Body = static _ => new CreateStoreRequest() };
        yield return new("Store", stores + "UpdateStore", Owner) { Body = static given => new UpdateStoreRequest { StoreId = given.Store, Revision = 99 }, Others = 403 };
        yield return new("Store", stores + "PauseStore", Owner) { Body = static given => new PauseStoreRequest { StoreId = given.Store, Revision = 99 }, Others = 403 };
        yield return new("Store", stores + "ResumeStore", Owner) { Body = static given => new ResumeStoreRequest { StoreId = given.Store }, Others = 403 };
        yield return new("Store", stores + "CloseStore", Owner) { Body = static given => new CloseStoreRequest { StoreId = given.Store, Revision = 99 }, Others = 403 };
        yield return new("Store", menus + "GetMenu", Everybody) { Body = static given => new GetMenuRequest { StoreId = given.Store } };
        yield return new("Store", menus + "UpdateMenu", Owner) { Body = static given => new UpdateMenuRequest { StoreId = given.Store, Revision = 99 }, Others = 403 };
        yield return new("Store", tickets + "GetTicket", Owner) { Body = static given => new GetTicketRequest { OrderId = given.Order }, Others = 404 };
        yield return new("Store", tickets + "ListTickets", Owner)
        {
            Body = static _ => new ListTicketsRequest(), OthersBody = static given => new ListTicketsRequest { StoreId = given.Store }, Others = 403,
        };
        yield return new("Store", tickets + "WatchTickets", Owner)
        {
            Body = static _ => new WatchTicketsRequest(), OthersBody = static given => new WatchTicketsRequest { StoreId = given.Store }, Others = 403,
        };
        yield return new("Store", tickets + "AcceptTicket", Owner) { Body = static given => new AcceptTicketRequest { OrderId = given.Order }, Others = 404 };
        yield return new("Store", tickets + "RejectTicket", Owner) { Body = static given => new RejectTicketRequest { OrderId = given.Order }, Others = 404 };
        yield return new("Store", tickets + "StartCooking", Owner) { Body = static given => new StartCookingRequest { OrderId = given.Order }, Others = 404 };
        yield return new("Store", tickets + "FinishCooking", Owner) { Body = static given => new FinishCookingRequest { OrderId = given.Order }, Others = 404 };
        yield return new("Store", tickets + "StartDelivery", Owner) { Body = static given => new StartDeliveryRequest { OrderId = given.Order }, Others = 404 };
        yield return new("Store", tickets + "FinishDelivery", Owner) { Body = static given => new FinishDeliveryRequest { OrderId = given.Order }, Others = 404 };
        yield return new("Store", tickets + "HandOver", Owner) { Body = static given => new HandOverRequest { OrderId = given.Order }, Others = 404 };
    }

    private static IEnumerable<Row> Customers()
    {
        foreach (var path in new[] { "/orderStatuses", "/mypages" })
        {
            yield return new("Customer", $"GET {path}/", Customer) { OthersQuery = "?customerId=bob", Others = 403 };
            yield return new("Customer", $"GET {path}/{{orderId}}", Customer) { Others = 404 };
        }

        yield return new("Customer", "GET /notifications", Customer) { Query = static order => $"?orderId={order}", Others = 404 };
        yield return new("Customer", "POST /operations/order-statuses/rebuild", Operator);
        yield return new("Customer", "GET /operations/order-statuses/rebuild", Operator);

        yield return new("Customer", "POST /members/", Customer)
        {
            Body = static _ => new { name = "앨리스", phone = "010-1234-5678" },
            OthersBody = static _ => new { name = "밥", phone = "010-1234-5678", customerId = ClosedPlatform.Bob },
            Others = 403,
        };
        yield return new("Customer", "GET /members/{number}", Customer) { Others = 404 };
        yield return new("Customer", "PUT /members/{number}", Customer) { Body = static _ => new { language = "en" }, Others = 404 };
        yield return new("Customer", "PATCH /members/{number}", Customer) { Body = static _ => new { language = "en" }, Others = 404 };
        yield return new("Customer", "GET /members/{number}/points", Customer) { Others = 404 };
        yield return new("Customer", "POST /members/{number}/phoneConfirmations", Customer) { Others = 404 };
        yield return new("Customer", "PUT /members/{number}/phoneConfirmations", Customer) { Body = Code, Others = 404 };
        yield return new("Customer", "PATCH /members/{number}/phoneConfirmations", Customer) { Body = Code, Others = 404 };
        yield return new("Customer", "DELETE /members/{number}", Customer) { Others = 404 };

        yield return new("Customer", "GET /operations/undelivered-notifications", Operator);
        yield return new("Customer", "POST /operations/undelivered-notifications/retry", Operator) { Body = static _ => new { number = 999 } };
        yield return new("Customer", "GET /operations/notification-templates", Operator);
        yield return new("Customer", "PUT /owners/{storeId:long}/contact", Owner) { Body = static _ => new { channel = "none" }, Others = 403 };
        yield return new("Customer", "GET /owners/{storeId:long}/contact", Owner) { Others = 403 };
        yield return new("Customer", "POST /owners/{storeId:long}/contact/phoneConfirmations", Owner) { Others = 403 };
        yield return new("Customer", "PUT /owners/{storeId:long}/contact/phoneConfirmations", Owner) { Body = Code, Others = 403 };
        yield return new("Customer", "PATCH /owners/{storeId:long}/contact/phoneConfirmations", Owner) { Body = Code, Others = 403 };
        const string contacts = "/fooddelivery.customer.v1.NotificationService/";
        yield return new("Customer", contacts + "SetOwnerContact", Owner)
        {
            Body = static given => new SetOwnerContactRequest { Contact = new OwnerContact { StoreId = given.Store } }, Others = 403,
        };
        yield return new("Customer", contacts + "GetOwnerContact", Owner) { Body = static given => new GetOwnerContactRequest { StoreId = given.Store }, Others = 403 };
        yield return new("Customer", contacts + "SendOwnerPhoneCode", Owner)
        {
            Body = static given => new SendOwnerPhoneCodeRequest { StoreId = given.Store }, Others = 403,
        };
        yield return new("Customer", contacts + "ConfirmOwnerPhone", Owner)
        {
            Body = static given => new ConfirmOwnerPhoneRequest { StoreId = given.Store, Code = "123456" }, Others = 403,
        };

        const string members = "/fooddelivery.customer.v1.MemberService/";
        yield return new("Customer", members + "SignUp", Customer)
        {
            Body = static _ => new SignUpRequest { Name = "앨리스", Phone = "010-1234-5678" },
            OthersBody = static _ => new SignUpRequest { Name = "밥", Phone = "010-1234-5678", CustomerId = ClosedPlatform.Bob },
            Others = 403,
        };
        yield return new("Customer", members + "GetMember", Customer) { Body = static given => new GetMemberRequest { MembershipNumber = given.Member }, Others = 404 };
        yield return new("Customer", members + "ChangeMember", Customer) { Body = static given => new ChangeMemberRequest { MembershipNumber = given.Member }, Others = 404 };
        yield return new("Customer", members + "WithdrawMember", Customer) { Body = static given => new WithdrawMemberRequest { MembershipNumber = given.Member }, Others = 404 };
        yield return new("Customer", members + "SendPhoneCode", Customer) { Body = static given => new SendPhoneCodeRequest { MembershipNumber = given.Member }, Others = 404 };
        yield return new("Customer", members + "ConfirmPhone", Customer)
        {
            Body = static given => new ConfirmPhoneRequest { MembershipNumber = given.Member, Code = "123456" }, Others = 404,
        };
        yield return new("Customer", members + "GetPoints", Customer) { Body = static given => new GetPointsRequest { MembershipNumber = given.Member }, Others = 404 };

        const string statuses = "/fooddelivery.customer.v1.OrderStatusService/";
        yield return new("Customer", statuses + "GetOrderStatus", Customer) { Body = static given => new GetOrderStatusRequest { OrderId = given.Order }, Others = 404 };
        yield return new("Customer", statuses + "ListOrderStatuses", Customer)
        {
            Body = static _ => new ListOrderStatusesRequest(), OthersBody = static _ => new ListOrderStatusesRequest { CustomerId = ClosedPlatform.Bob }, Others = 403,
        };
        yield return new("Customer", statuses + "WatchOrder", Customer) { Body = static given => new WatchOrderRequest { OrderId = given.Order }, Others = 404 };
        yield return new("Customer", "/fooddelivery.customer.v1.NotificationService/ListNotifications", Customer)
        {
            Body = static given => new ListNotificationsRequest { OrderId = given.Order }, Others = 404,
        };
    }

    private static IEnumerable<Row> Identity()
    {
        yield return new("Identity", "GET /.well-known/openid-configuration", Open);
        yield return new("Identity", "GET /.well-known/jwks.json", Open);
        yield return new("Identity", "POST /connect/token", Open);
    }

    private static IEnumerable<Row> Common()
    {
        foreach (var service in ServiceCatalog.Services.Select(static service => service.Name).Where(static name => name is not "Gateway"))
        {
            yield return new(service, "GET /healthz/live", Open);
            yield return new(service, "GET /healthz/ready", Open);
            yield return new(service, "GET /actuator/health", Open);
            yield return new(service, "GET /metrics", Operator);
            yield return new(service, "GET /openapi/{documentName}.json", Everybody);
            yield return new(service, "/grpc.health.v1.Health/Check", Open) { Body = Nothing };
            yield return new(service, "/grpc.health.v1.Health/Watch", Open) { Body = Nothing };
            yield return new(service, "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", Operator) { Body = Nothing };
            yield return new(service, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", Operator) { Body = Nothing };
            if (service is "Identity")
                continue;
            yield return new(service, "GET /operations/dead-letters", Operator);
            yield return new(service, "POST /operations/dead-letters/replay", Operator) { Body = static _ => new { consumer = "nobody" } };
            yield return new(service, "/fooddelivery.operations.v1.DeadLetterService/ListDeadLetters", Operator) { Body = static _ => new ListDeadLettersRequest() };
            yield return new(service, "/fooddelivery.operations.v1.DeadLetterService/ReplayDeadLetters", Operator) { Body = static _ => new ReplayDeadLettersRequest() };
        }
    }

    private static object Code(Given given) => new { code = "123456" };

    private static object Cancelling(Given given) => new { status = "order_cancel_request" };

    private static Empty Nothing(Given given) => new();

    private static PlaceOrderRequest Placing(string customer) => new() { Items = { new OrderItem { Item = "chicken" } }, CustomerId = customer };
}
