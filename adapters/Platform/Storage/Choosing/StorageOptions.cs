namespace FoodDelivery.Platform.Storage.Choosing;

/// <summary>The settings under <c>Storage</c>: where the services keep what they know.</summary>
public sealed class StorageOptions
{
    /// <summary>Which kind of database: Sqlite or Postgres.</summary>
    public string Provider { get; set; } = "Sqlite";

    /// <summary>Where a database server is; <c>{name}</c> stands for the service's own database. Files need none.</summary>
    public string ConnectionString { get; set; } = "";
}
