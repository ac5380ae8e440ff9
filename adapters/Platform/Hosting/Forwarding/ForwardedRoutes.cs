namespace FoodDelivery.Platform.Hosting.Forwarding;

/// <summary>Which service answers which paths: the table behind every door.</summary>
public static class ForwardedRoutes
{
    /// <summary>Beginnings of REST paths, by service.</summary>
    public static readonly IReadOnlyList<(string Service, string Segment)> Rest =
    [
        ("Order", "orders"), ("Order", "주문s"),
        ("Pay", "payments"), ("Pay", "결제이력s"), ("Pay", "provider-simulator"),
        ("Store", "stores"), ("Store", "deliveries"), ("Store", "주문관리s"), ("Store", "bakeries"), ("Store", "주문처리s"),
        ("Customer", "orderStatuses"), ("Customer", "mypages"), ("Customer", "notifications"), ("Customer", "members"), ("Customer", "owners"),
        ("Customer", "operations/order-statuses"),
        ("Marketing", "recommendations"), ("Marketing", "coupons"), ("Marketing", "operations/recommendations"),
    ];

    /// <summary>Protobuf packages of gRPC services, by service.</summary>
    public static readonly IReadOnlyList<(string Service, string Package)> Grpc =
    [
        ("Order", "fooddelivery.ordering.v1"),
        ("Pay", "fooddelivery.payment.v1"),
        ("Store", "fooddelivery.store.v1"),
        ("Customer", "fooddelivery.customer.v1"),
        ("Marketing", "fooddelivery.marketing.v1"),
    ];
}
