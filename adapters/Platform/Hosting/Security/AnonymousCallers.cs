namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>What a caller without a token is. It is no setting: code decides, by the environment.</summary>
public sealed class AnonymousCallers
{
    /// <summary>Whether it is an operator, as on a service's own ports in Development; otherwise it is nobody.</summary>
    public bool AreOperators { get; set; }
}
