namespace FoodDelivery.Platform.Storage.Sqlite.Writing;

/// <summary>A batch of statements: all or nothing.</summary>
internal sealed class BatchWork(Batch batch) : Work<WriteResult>
{
    public override bool Execute(PreparedStatements statements)
    {
        foreach (var statement in batch.Statements)
        {
            var touched = statements.Bind(statement.Sql, statement.Parameters).ExecuteNonQuery();
            if (statement.Unless is { } otherwise && touched < 1)
            {
                Result = otherwise;
                return false;
            }
        }

        Result = WriteResult.Done;
        return true;
    }

    public override void Succeed()
    {
        try
        {
            if (Result == WriteResult.Done)
                batch.Committed();
        }
        finally
        {
            base.Succeed();
        }
    }
}
