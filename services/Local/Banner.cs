namespace FoodDelivery.Services.Local;

/// <summary>What somebody who has just started the product wants to know.</summary>
internal static class Banner
{
    public static void Write(LocalSettings settings)
    {
        Console.WriteLine();
        Console.WriteLine($"{"",-10} {"REST, gRPC-Web",-22} {"gRPC",-22} try it");
        foreach (var (name, restPort, grpcPort, _) in settings.Services)
        {
            Console.WriteLine(grpcPort is { } grpc
                ? $"{name,-10} {Address(restPort),-22} {Address(grpc),-22} {Address(restPort)}/swagger"
                : $"{name,-10} {Address(restPort),-22} tokens: curl -d 'grant_type=client_credentials&client_id=demo-customer&client_secret=demo' {Address(restPort)}/connect/token");
        }

        var (order, store, customer) = (Rest(settings, "Order"), Rest(settings, "Store"), Rest(settings, "Customer"));
        if (settings.IsDevelopment)
            Console.WriteLine($"{"all",-10} {Address(settings.ProxyPort),-22} for development only: nobody needs a token");

        Console.WriteLine($"{"data",-10} {settings.DataDirectory}");
        Console.WriteLine();
        Console.WriteLine($$"""
            curl -s localhost:{{order}}/orders --json '{"item": "chicken", "address": "서울시 마포구 1"}'
            curl -s -X PATCH localhost:{{store}}/deliveries/1 --json '{"status": "receive"}'
            curl -s localhost:{{customer}}/orderStatuses/1
            """);
        Console.WriteLine();
        Console.WriteLine("ready; Ctrl+C stops");
    }

    private static string Address(int port) => $"http://localhost:{port}";

    private static int Rest(LocalSettings settings, string name) => settings.Services.First(service => string.Equals(service.Name, name, StringComparison.Ordinal)).RestPort;
}
