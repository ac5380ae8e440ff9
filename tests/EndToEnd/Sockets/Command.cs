namespace FoodDelivery.Tests.EndToEnd.Sockets;

/// <summary>What a customer sends: <c>{"place": "chicken", "address": "…", "key": "…"}</c> or <c>{"cancel": 1, "reason": "…"}</c>.</summary>
internal sealed record Command(string? Place, string? Address, string? Key, long? Cancel, string? Reason);

/// <summary>What a customer is sent: the command is taken, and the order's changes of status follow.</summary>
internal sealed record Accepted(long OrderId);

/// <summary>What a customer is sent: where an order of this conversation is now.</summary>
internal sealed record Told(long OrderId, long Version, string Status, string Reason);

/// <summary>What a customer is sent: a no, in the domain's words.</summary>
internal sealed record Refused(string Refusal, string Message);
