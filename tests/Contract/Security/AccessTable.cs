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
    private static readonly string[] Operator = [];
    private static readonly string[] Customer = ["customer"];
    private static readonly string[] Owner = ["owner"];
    private static readonly string[] Service = ["service"];
    private static readonly string[] Everybody = ["customer", "owner", "service"];
    private static readonly string[]? Open = null;

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        ((IEnumerable<Row>)[.. Order(), .. Pay(), .. Store(), .. Customers(), .. Identity(), .. Common()]).ToDictionary(static row => row.ToString(), StringComparer.Ordinal);

    private static IEnumerable<Row> Order()
    {
        foreach (var path in new[] { "/orders", "/주문s" })
        {
            yield return new("Order", $"POST {path}/", Customer)
            {
                Body = static (_, _) => new { item = "chicken" }, OthersBody = static (_, _) => new { item = "chicken", customerId = ClosedPlatform.Bob }, Others = 403,
            };
            yield return new("Order", $"GET {path}/", Customer) { OthersQuery = "?customerId=bob", Others = 403 };
            yield return new("Order", $"GET {path}/{{id:long}}", Customer) { Others = 404 };
            yield return new("Order", $"PUT {path}/{{id:long}}", Customer) { Body = Cancelling, Others = 404 };
            yield return new("Order", $"PATCH {path}/{{id:long}}", Customer) { Body = Cancelling, Others = 404 };
            yield return new("Order", $"DELETE {path}/{{id:long}}", Customer) { Others = 404 };
        }

        const string service = "/fooddelivery.ordering.v1.OrderService/";
        yield return new("Order", service + "PlaceOrder", Customer)
        {
            Body = static (_, _) => Placing(""), OthersBody = static (_, _) => Placing(ClosedPlatform.Bob), Others = 403,
        };
        yield return new("Order", service + "GetOrder", Customer) { Body = static (order, _) => new GetOrderRequest { OrderId = order }, Others = 404 };
        yield return new("Order", service + "ListOrders", Customer)
        {
            Body = static (_, _) => new ListOrdersRequest(), OthersBody = static (_, _) => new ListOrdersRequest { CustomerId = ClosedPlatform.Bob }, Others = 403,
        };
        yield return new("Order", service + "CancelOrder", Customer) { Body = static (order, _) => new CancelOrderRequest { OrderId = order }, Others = 404 };
    }

    private static IEnumerable<Row> Pay()
    {
        foreach (var path in new[] { "/payments", "/결제이력s" })
        {
            yield return new("Pay", $"GET {path}/", Service);
            yield return new("Pay", $"GET {path}/{{id:long}}", Service);
            yield return new("Pay", $"POST {path}/", Operator) { Body = static (order, _) => new { orderId = order, action = "apply" } };
        }

        const string service = "/fooddelivery.payment.v1.PaymentService/";
        yield return new("Pay", service + "ApprovePayment", Service) { Body = static (_, _) => new ApprovePaymentRequest() };
        yield return new("Pay", service + "RefundPayment", Operator) { Body = static (_, _) => new RefundPaymentRequest() };
        yield return new("Pay", service + "GetPayment", Service) { Body = static (_, _) => new GetPaymentRequest { PaymentId = 1 } };
        yield return new("Pay", service + "ListPayments", Service) { Body = static (_, _) => new ListPaymentsRequest() };
    }

    private static IEnumerable<Row> Store()
    {
        foreach (var path in new[] { "/deliveries", "/주문관리s" })
        {
            yield return new("Store", $"GET {path}/", Owner) { OthersQuery = "?storeId=1", Others = 403 };
            yield return new("Store", $"GET {path}/{{orderId}}", Owner) { Others = 404 };
            yield return new("Store", $"PUT {path}/{{orderId}}", Owner) { Body = static (_, _) => new { status = "receive" }, Others = 404 };
            yield return new("Store", $"PATCH {path}/{{orderId}}", Owner) { Body = static (_, _) => new { status = "receive" }, Others = 404 };
        }

        foreach (var path in new[] { "/bakeries", "/주문처리s" })
            yield return new("Store", $"POST {path}", Owner) { Body = static (order, _) => new { orderId = order }, Others = 404 };

        yield return new("Store", "GET /stores/", Everybody);
        yield return new("Store", "GET /stores/{storeId}", Everybody);
        yield return new("Store", "GET /stores/{storeId}/menu", Everybody);
        yield return new("Store", "PUT /stores/{storeId}/menu", Owner) { Body = static (_, _) => new { dishes = "none" }, Others = 403 };

        const string stores = "/fooddelivery.store.v1.StoreService/", menus = "/fooddelivery.store.v1.MenuService/", tickets = "/fooddelivery.store.v1.TicketService/";
        yield return new("Store", stores + "GetStore", Everybody) { Body = static (_, store) => new GetStoreRequest { StoreId = store } };
        yield return new("Store", stores + "ListStores", Everybody) { Body = static (_, _) => new ListStoresRequest() };
        yield return new("Store", menus + "GetMenu", Everybody) { Body = static (_, store) => new GetMenuRequest { StoreId = store } };
        yield return new("Store", menus + "UpdateMenu", Owner) { Body = static (_, store) => new UpdateMenuRequest { StoreId = store, Revision = 99 }, Others = 403 };
        yield return new("Store", tickets + "GetTicket", Owner) { Body = static (order, _) => new GetTicketRequest { OrderId = order }, Others = 404 };
        yield return new("Store", tickets + "ListTickets", Owner)
        {
            Body = static (_, _) => new ListTicketsRequest(), OthersBody = static (_, store) => new ListTicketsRequest { StoreId = store }, Others = 403,
        };
        yield return new("Store", tickets + "WatchTickets", Owner)
        {
            Body = static (_, _) => new WatchTicketsRequest(), OthersBody = static (_, store) => new WatchTicketsRequest { StoreId = store }, Others = 403,
        };
        yield return new("Store", tickets + "AcceptTicket", Owner) { Body = static (order, _) => new AcceptTicketRequest { OrderId = order }, Others = 404 };
        yield return new("Store", tickets + "RejectTicket", Owner) { Body = static (order, _) => new RejectTicketRequest { OrderId = order }, Others = 404 };
        yield return new("Store", tickets + "StartCooking", Owner) { Body = static (order, _) => new StartCookingRequest { OrderId = order }, Others = 404 };
        yield return new("Store", tickets + "FinishCooking", Owner) { Body = static (order, _) => new FinishCookingRequest { OrderId = order }, Others = 404 };
        yield return new("Store", tickets + "StartDelivery", Owner) { Body = static (order, _) => new StartDeliveryRequest { OrderId = order }, Others = 404 };
        yield return new("Store", tickets + "FinishDelivery", Owner) { Body = static (order, _) => new FinishDeliveryRequest { OrderId = order }, Others = 404 };
        yield return new("Store", tickets + "HandOver", Owner) { Body = static (order, _) => new HandOverRequest { OrderId = order }, Others = 404 };
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

        const string statuses = "/fooddelivery.customer.v1.OrderStatusService/";
        yield return new("Customer", statuses + "GetOrderStatus", Customer) { Body = static (order, _) => new GetOrderStatusRequest { OrderId = order }, Others = 404 };
        yield return new("Customer", statuses + "ListOrderStatuses", Customer)
        {
            Body = static (_, _) => new ListOrderStatusesRequest(), OthersBody = static (_, _) => new ListOrderStatusesRequest { CustomerId = ClosedPlatform.Bob }, Others = 403,
        };
        yield return new("Customer", statuses + "WatchOrder", Customer) { Body = static (order, _) => new WatchOrderRequest { OrderId = order }, Others = 404 };
        yield return new("Customer", "/fooddelivery.customer.v1.NotificationService/ListNotifications", Customer)
        {
            Body = static (order, _) => new ListNotificationsRequest { OrderId = order }, Others = 404,
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
        foreach (var service in new[] { "Order", "Pay", "Store", "Customer", "Identity" })
        {
            yield return new(service, "GET /healthz/live", Open);
            yield return new(service, "GET /healthz/ready", Open);
            yield return new(service, "GET /actuator/health", Open);
            yield return new(service, "GET /metrics", Operator);
            yield return new(service, "GET /openapi/{documentName}.json", Operator);
            yield return new(service, "/grpc.health.v1.Health/Check", Open) { Body = Nothing };
            yield return new(service, "/grpc.health.v1.Health/Watch", Open) { Body = Nothing };
            yield return new(service, "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", Operator) { Body = Nothing };
            yield return new(service, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", Operator) { Body = Nothing };
            if (service is "Identity")
                continue;
            yield return new(service, "GET /operations/dead-letters", Operator);
            yield return new(service, "POST /operations/dead-letters/replay", Operator) { Body = static (_, _) => new { consumer = "nobody" } };
            yield return new(service, "/fooddelivery.operations.v1.DeadLetterService/ListDeadLetters", Operator) { Body = static (_, _) => new ListDeadLettersRequest() };
            yield return new(service, "/fooddelivery.operations.v1.DeadLetterService/ReplayDeadLetters", Operator) { Body = static (_, _) => new ReplayDeadLettersRequest() };
        }
    }

    private static object Cancelling(long order, long store) => new { status = "order_cancel_request" };

    private static Empty Nothing(long order, long store) => new();

    private static PlaceOrderRequest Placing(string customer) => new() { Items = { new OrderItem { Item = "chicken" } }, CustomerId = customer };
}
