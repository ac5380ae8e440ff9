using System.Data.Common;

namespace FoodDelivery.Platform.Storage;

/// <summary>One service's own database, whichever kind it is. SQL is the caller's, plain and parametrised.</summary>
public interface IDatabase
{
    /// <summary>Runs queries on an open connection; they see what has been committed before the call.</summary>
    Task<T> Read<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellation);

    /// <summary>Runs one query with a short answer, perhaps together with others that are asked at the same time; it sees what has been committed before the call.</summary>
    /// <returns>Its rows, in their order.</returns>
    Task<IReadOnlyList<T>> Query<T>(string sql, object parameters, CancellationToken cancellation);

    /// <summary>Executes a batch: all of it or nothing, durable when the task completes, in one round trip.</summary>
    Task<WriteResult> Write(Batch batch, CancellationToken cancellation);

    /// <summary>Executes one statement that returns at most one row (<c>… RETURNING …</c>), durable when the task completes; null without a row.</summary>
    Task<T?> WriteOne<T>(string sql, object parameters, CancellationToken cancellation);
}

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

    /// <summary>Whether it answers, and takes writes as far as is known: for every probe, so that it costs none unless the last one failed.</summary>
    Task<bool> IsWritable(CancellationToken cancellation);

    /// <summary>How much of the disk it takes, in bytes.</summary>
    Task<long> Size(CancellationToken cancellation);
}
