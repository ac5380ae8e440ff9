namespace FoodDelivery.Adapters.Customers.Notifications.Nhn;

/// <summary>What one of the provider's services wants to be shown. No record, so that nothing prints the secret by accident.</summary>
internal sealed class NhnAccess(Uri address, string appKey, string secretKey)
{
    public Uri Address => address;

    public string AppKey => appKey;

    public string SecretKey => secretKey;
}
