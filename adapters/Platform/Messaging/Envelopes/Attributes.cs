namespace FoodDelivery.Platform.Messaging.Envelopes;

/// <summary>The names of our CloudEvents' attributes.</summary>
internal static class Attributes
{
    public const string Time = "time";
    public const string Subject = "subject";
    public const string TraceParent = "traceparent";
    public const string Correlation = "correlationid";
    public const string Causation = "causationid";
}
