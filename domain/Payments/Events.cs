namespace FoodDelivery.Payments;

/// <summary>The provider has taken the money.</summary>
public sealed record PaymentApproved(PaymentId Payment, OrderId Order, Money Amount, DateTimeOffset ApprovedAt) : IDomainEvent;

/// <summary>The provider refused to take the money.</summary>
public sealed record PaymentDeclined(PaymentId Payment, OrderId Order, Money Amount, string Reason) : IDomainEvent;

/// <summary>The money is back with the customer.</summary>
public sealed record PaymentRefunded(PaymentId Payment, OrderId Order, Money Amount, string Reason, DateTimeOffset RefundedAt) : IDomainEvent;
