using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Tests.Ports.Databases;

/// <summary>What becomes of a batch.</summary>
public abstract partial class DatabaseSuite
{
    [SuiteFact]
    public async Task A_batch_is_written_whole()
    {
        var database = await Opened();

        var result = await database.Write(new Batch().Add(Insert, Account("a", 1)).Add(Insert, Account("b", 2)), default);

        Assert.Equal(WriteResult.Done, result);
        Assert.Equal([("a", 1L), ("b", 2L)], await Accounts(database));
    }

    [SuiteFact]
    public async Task A_batch_whose_last_statement_fails_leaves_nothing()
    {
        var database = await Opened();
        await database.Write(new Batch().Add(Insert, Account("taken", 7)), default);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
            () => database.Write(new Batch().Add(Insert, Account("a", 1)).Add(Insert, Account("taken", 2)), default));

        Assert.Equal([("taken", 7L)], await Accounts(database));
    }

    [SuiteTheory]
    [InlineData(WriteResult.Stale)]
    [InlineData(WriteResult.Duplicate)]
    public async Task A_batch_that_misses_a_required_row_leaves_nothing_and_says_why(WriteResult otherwise)
    {
        var database = await Opened();
        var woken = false;

        var result = await database.Write(
            new Batch().Add(Insert, Account("a", 1)).Require(Deposit, new { Name = "nobody", Version = 1 }, otherwise).OnCommitted(() => woken = true), default);

        Assert.Equal(otherwise, result);
        Assert.False(woken);
        Assert.Empty(await Accounts(database));
    }

    [SuiteFact]
    public async Task An_insert_that_does_nothing_is_a_missed_row()
    {
        var database = await Opened();
        var once = Insert + " on conflict (name) do nothing";
        await database.Write(new Batch().Require(once, Account("a", 1)), default);

        Assert.Equal(WriteResult.Duplicate, await database.Write(new Batch().Require(once, Account("a", 2), WriteResult.Duplicate), default));
        Assert.Equal([("a", 1L)], await Accounts(database));
    }

    [SuiteFact]
    public async Task Who_waits_for_a_commit_is_told_when_it_is_visible()
    {
        var database = await Opened();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var writing = database.Write(new Batch().Add(Insert, Account("a", 1)).OnCommitted(told.SetResult), default);
        await told.Task;

        Assert.Equal([("a", 1L)], await Accounts(database));
        await writing;
    }

    [SuiteFact]
    public async Task Batches_at_once_stand_and_fall_alone()
    {
        var database = await Opened();
        await database.Write(new Batch().Add(Insert, Account("taken", 0)), default);

        var writes = Enumerable.Range(1, 300).Select(async number =>
        {
            var batch = new Batch().Add(Insert, Account($"n{number}", number));
            try
            {
                return await database.Write(
                    (number % 3) switch
                    {
                        0 => batch.Add(Insert, Account("taken", number)),
                        1 => batch.Require(Deposit, new { Name = "nobody", Version = 1 }),
                        _ => batch,
                    },
                    default);
            }
            catch (System.Data.Common.DbException)
            {
                return (WriteResult?)null;
            }
        });
        var results = await Task.WhenAll(writes);

        Assert.Equal([(null, 100), (WriteResult.Stale, 100), (WriteResult.Done, 100)], results.GroupBy(static result => result).Select(static group => (group.Key, group.Count())).OrderBy(static pair => pair.Key is null ? 0 : pair.Key == WriteResult.Stale ? 1 : 2));
        Assert.All(await Accounts(database), static account => Assert.True(account.Name == "taken" || account.Balance % 3 == 2));
        Assert.Equal(101, (await Accounts(database)).Count);
    }

    [SuiteFact]
    public async Task A_write_cancelled_beforehand_writes_nothing()
    {
        var database = await Opened();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.Write(new Batch().Add(Insert, Account("a", 1)), cancelled.Token));

        Assert.Empty(await Accounts(database));
    }

    [SuiteFact]
    public async Task A_statement_without_its_value_says_which()
    {
        var database = await Opened();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => database.Write(new Batch().Add(Insert, new { Name = "a" }), default));

        Assert.Contains("Balance", error.Message, StringComparison.Ordinal);
    }
}
