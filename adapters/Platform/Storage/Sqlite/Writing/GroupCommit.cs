using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Storage.Sqlite.Writing;

/// <summary>Many batches, one commit, one wait for the disk; each batch stands or falls alone.</summary>
internal sealed partial class GroupCommit(Transaction transaction, PreparedStatements statements, ILogger logger)
{
    private readonly Dictionary<Work, Exception> _failures = [];

    /// <summary>Executes the group and tells every caller its result. Does not throw.</summary>
    public void Execute(IReadOnlyList<Work> group)
    {
        _failures.Clear();
        bool committed;
        try
        {
            committed = TryCommit(group);
        }
        catch (Exception error)
        {
            Abandon(group, error);
            return;
        }

        if (committed)
        {
            Tell(group);
        }
        else
        {
            Separate(group);
        }
    }

    /// <summary>False if one of the group has cost the others their transaction.</summary>
    private bool TryCommit(IReadOnlyList<Work> group)
    {
        transaction.Begin();
        foreach (var work in group)
        {
            transaction.Savepoint();
            if (!TryExecute(work))
            {
                if (!transaction.IsOpen)
                    return false;

                transaction.RollbackToSavepoint();
            }

            transaction.Release();
        }

        transaction.Commit();
        return true;
    }

    private bool TryExecute(Work work)
    {
        try
        {
            return work.Execute(statements);
        }
        catch (Exception error)
        {
            _failures[work] = error;
            return false;
        }
    }

    // Nothing of the group was kept, so each is executed again, alone: only the culprit fails.
    private void Separate(IReadOnlyList<Work> group)
    {
        if (group.Count == 1)
        {
            Tell(group);
            return;
        }

        foreach (var work in group)
            Execute([work]);
    }

    private void Tell(IReadOnlyList<Work> group)
    {
        foreach (var work in group)
        {
            if (_failures.TryGetValue(work, out var failure))
            {
                work.Fail(failure);
                continue;
            }

            try
            {
                work.Succeed();
            }
            catch (Exception error)
            {
                LogListenerFailed(logger, error);
            }
        }
    }

    private void Abandon(IReadOnlyList<Work> group, Exception error)
    {
        try
        {
            transaction.RollbackIfOpen();
        }
        catch (Exception rollback)
        {
            LogRollbackFailed(logger, rollback);
        }

        foreach (var work in group)
            work.Fail(_failures.GetValueOrDefault(work, error));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Somebody who waited for a commit failed; the commit stands")]
    private static partial void LogListenerFailed(ILogger logger, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A transaction could not be rolled back")]
    private static partial void LogRollbackFailed(ILogger logger, Exception error);
}
