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
