using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Support.Processes;

/// <summary>The product, however its processes were started.</summary>
public interface IPlatform
{
    /// <summary>REST of a service by its name: Order, Pay, Store, Customer, …; Proxy for all of them.</summary>
    RestClient Rest(string service);

    /// <summary>The folder in which its services keep files.</summary>
    string Files { get; }

    /// <summary>What its processes wrote last.</summary>
    string Output { get; }
}
