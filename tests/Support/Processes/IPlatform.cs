using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Support.Processes;

/// <summary>The product, however its processes were started.</summary>
public interface IPlatform
{
    /// <summary>REST of a service by its name: Order, Pay, Store, Customer, …; Door for all of them.</summary>
    RestClient Rest(string service);
}
