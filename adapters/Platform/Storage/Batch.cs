namespace FoodDelivery.Platform.Storage;

/// <summary>Statements that are executed together, in order: one aggregate and its outbox, or an inbox entry, its effect and its outbox.</summary>
public sealed class Batch
{
    private readonly List<Statement> _statements = [];
    private readonly List<Action> _committed = [];

    /// <summary>The statements, in order.</summary>
    public IReadOnlyList<Statement> Statements => _statements;

    /// <summary>Adds a statement that may touch any number of rows.</summary>
    public Batch Add(string sql, object? parameters = null)
    {
        _statements.Add(new Statement(sql, parameters, Unless: null));
        return this;
    }

    /// <summary>Adds a statement that must touch at least one row; else nothing of the batch is kept and <paramref name="otherwise"/> is the result.</summary>
    public Batch Require(string sql, object? parameters, WriteResult otherwise = WriteResult.Stale)
    {
        _statements.Add(new Statement(sql, parameters, otherwise));
        return this;
    }

    /// <summary>Whether what it overwrites or deletes must not stay in the database's files either.</summary>
    public bool IsErasing { get; private set; }

    /// <summary>Has what the batch overwrites or deletes leave the database's files soon after the commit, where the kind of database lets us.</summary>
    public Batch Erasing()
    {
        IsErasing = true;
        return this;
    }

    /// <summary>Calls <paramref name="action"/> once the batch is durable: to wake whoever waits for it. It must be quick and not throw.</summary>
    public Batch OnCommitted(Action action)
    {
        _committed.Add(action);
        return this;
    }

    /// <summary>Tells those who wait; the database calls it after the commit.</summary>
    public void Committed() => _committed.ForEach(static action => action());

    /// <summary>One statement.</summary>
    /// <param name="Sql">Its text.</param>
    /// <param name="Parameters">An object whose properties are its parameters.</param>
    /// <param name="Unless">The batch's result if no row is touched; null if that does not matter.</param>
    public sealed record Statement(string Sql, object? Parameters, WriteResult? Unless);
}

/// <summary>What became of a batch.</summary>
public enum WriteResult
{
    /// <summary>All of it is durable.</summary>
    Done,

    /// <summary>Nothing was written: the event had been handled before.</summary>
    Duplicate,

    /// <summary>Nothing was written: somebody else changed the row meanwhile.</summary>
    Stale,
}

/// <summary>What a repository makes of a batch's result.</summary>
public static class WriteResultExtensions
{
    /// <summary>Lets a duplicate pass, since its effect is there already.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed <paramref name="what"/> meanwhile.</exception>
    public static void ThrowIfStale(this WriteResult result, string what)
    {
        if (result == WriteResult.Stale)
            throw new ConcurrencyException($"{what} was changed meanwhile.");
    }
}
