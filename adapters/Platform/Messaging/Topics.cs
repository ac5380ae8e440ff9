namespace FoodDelivery.Platform.Messaging;

/// <summary>One topic per context, without expiry: a rebuild reads from the start.</summary>
public static class Topics
{
    /// <summary>What Ordering publishes.</summary>
    public const string Ordering = "fooddelivery.ordering.v1";

    /// <summary>What Payment publishes.</summary>
    public const string Payment = "fooddelivery.payment.v1";

    /// <summary>What Store publishes.</summary>
    public const string Store = "fooddelivery.store.v1";
}
