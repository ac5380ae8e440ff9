namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>
/// What the gateway lets through unless the settings say otherwise; whatever is not named here does not exist for the public. Approving a payment,
/// an operator's refund, operations, simulators, metrics and reflection are left out on purpose.
/// </summary>
internal static class PublicRoutes
{
    /// <summary>Each is a service, the methods (or RPC) and a path; a setting of the same name replaces it, an empty one takes it away.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string?>> Usual =
    [
        .. Both("orders", "Order GET,POST", "/orders", "/주문s"),
        .. Both("order", "Order GET,PUT,PATCH,DELETE", "/orders/{id}", "/주문s/{id}"),
        .. Both("payments", "Pay GET", "/payments", "/결제이력s"),
        .. Both("payment", "Pay GET", "/payments/{id}", "/결제이력s/{id}"),
        One("card", "Pay PUT /cards/{customerId}"),
        .. Both("deliveries", "Store GET", "/deliveries", "/주문관리s"),
        .. Both("delivery", "Store GET,PUT,PATCH", "/deliveries/{orderId}", "/주문관리s/{orderId}"),
        .. Both("acceptance", "Store POST", "/bakeries", "/주문처리s"),
        One("stores", "Store GET /stores"),
        One("store", "Store GET /stores/{storeId}"),
        One("menu", "Store GET,PUT /stores/{storeId}/menu"),
        One("order-statuses", "Customer GET /orderStatuses"),
        One("order-status", "Customer GET /orderStatuses/{orderId}"),
        One("my-pages", "Customer GET /mypages"),
        One("my-page", "Customer GET /mypages/{orderId}"),
        One("notifications", "Customer GET /notifications"),
        One("members", "Customer POST /members"),
        One("member", "Customer GET,PUT,PATCH,DELETE /members/{number}"),
        One("owner-contact", "Customer GET,PUT /owners/{storeId}/contact"),
        One("points", "Customer GET /members/{number}/points"),
        One("recommendations", "Marketing GET /recommendations"),
        One("coupons", "Marketing GET /coupons"),
        One("coupon", "Marketing GET /coupons/{couponId}"),
        One("ordering-rpc", "Order RPC fooddelivery.ordering.v1.OrderService/*"),
        One("payment-rpc", "Pay RPC fooddelivery.payment.v1.PaymentService/GetPayment,ListPayments"),
        One("stores-rpc", "Store RPC fooddelivery.store.v1.StoreService/*"),
        One("menus-rpc", "Store RPC fooddelivery.store.v1.MenuService/*"),
        One("tickets-rpc", "Store RPC fooddelivery.store.v1.TicketService/*"),
        One("order-statuses-rpc", "Customer RPC fooddelivery.customer.v1.OrderStatusService/*"),
        One("notifications-rpc", "Customer RPC fooddelivery.customer.v1.NotificationService/*"),
        One("members-rpc", "Customer RPC fooddelivery.customer.v1.MemberService/*"),
        One("recommendations-rpc", "Marketing RPC fooddelivery.marketing.v1.RecommendationService/*"),
        One("coupons-rpc", "Marketing RPC fooddelivery.marketing.v1.CouponService/*"),
    ];

    /// <summary>How one comes by a token, where Identity is; elsewhere somebody else gives them.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string?>> OfDevelopment =
    [
        One("token", "Identity POST /connect/token open"),
        One("sign-in", "Identity GET,POST /connect/authorize open"),
        One("discovery", "Identity GET /.well-known/openid-configuration open"),
        One("keys", "Identity GET /.well-known/jwks.json open"),
    ];

    private static KeyValuePair<string, string?> One(string name, string route) => new($"{GatewayRoutes.Section}:{name}", route);

    private static KeyValuePair<string, string?>[] Both(string name, string who, string path, string alias) =>
        [One(name, $"{who} {path}"), One($"{name}-ko", $"{who} {alias}")];
}
