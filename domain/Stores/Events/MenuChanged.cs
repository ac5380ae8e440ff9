namespace FoodDelivery.Stores.Events;

/// <summary>A store sells something else now: the whole menu.</summary>
public sealed record MenuChanged(StoreId Store, IReadOnlyList<Dish> Dishes, long Revision) : IDomainEvent;
