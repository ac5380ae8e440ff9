using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Stores;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>A store as REST shows it.</summary>
internal sealed record StoreFields(long StoreId, string Name, StoreKind Kind, CancellationRule CancellationRule)
{
    public static HalResource Of(Store store) =>
        Hal.Resource(new StoreFields(store.Id.Value, store.Name, store.Kind, store.CancellationRule), $"/stores/{store.Id}", "store");
}
