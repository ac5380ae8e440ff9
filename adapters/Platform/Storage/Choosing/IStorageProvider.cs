namespace FoodDelivery.Platform.Storage.Choosing;

/// <summary>One kind of database. A service plugs those in that its operators may choose from.</summary>
public interface IStorageProvider
{
    /// <summary>What <c>Storage:Provider</c> calls it; its migrations lie in folders of this name.</summary>
    string Name { get; }

    /// <summary>Begins to open a service's database and to bring its schema up to date.</summary>
    /// <param name="name">The service's name for it.</param>
    /// <param name="migrations">Who owns tables in it.</param>
    IOpenedDatabase Open(string name, IReadOnlyList<MigrationSource> migrations);
}

/// <summary>A database that this process opened and closes.</summary>
public interface IOpenedDatabase : IDatabase, IAsyncDisposable
{
    /// <summary>Completes when its schema is up to date; reads and writes wait for it by themselves.</summary>
    Task Opened { get; }
}
