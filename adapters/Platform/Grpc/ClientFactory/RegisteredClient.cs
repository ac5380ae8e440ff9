namespace FoodDelivery.Platform.GrpcRuntime.ClientFactory;

/// <summary>A client and the name it was registered under.</summary>
sealed record RegisteredClient(string Name, Type Type);
