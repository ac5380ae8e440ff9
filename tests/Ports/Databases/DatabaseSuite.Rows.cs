using Dapper;

namespace FoodDelivery.Tests.Ports.Databases;

/// <summary>Statements that return a row.</summary>
public abstract partial class DatabaseSuite
{
    [SuiteFact]
    public async Task A_row_is_returned_by_the_statement_that_writes_it()
    {
        var database = await Opened();

        var first = await database.WriteOne<long>("insert into entries (account, note) values ('till', @Note) returning id", new { Note = "하나" }, default);
        var second = await database.WriteOne<Entry>("insert into entries (account, note) values ('till', @Note) returning id, note", new { Note = (string?)null }, default);
        var none = await database.WriteOne<Entry>("update entries set note = 'x' where id = @Id returning id, note", new { Id = 99 }, default);

        Assert.True(second!.Id > first);
        Assert.Null(second.Note);
        Assert.Null(none);
        Assert.Equal("하나", await database.Read(c => c.ExecuteScalarAsync<string>("select note from entries where id = @Id", new { Id = first }), default));
    }

    [SuiteFact]
    public async Task A_single_value_comes_in_the_type_that_is_asked_for()
    {
        var database = await Opened();
        const string Sql = "insert into entries (account, note) values ('till', @Note) returning ";

        Assert.Equal("하나", await database.WriteOne<string>(Sql + "note", new { Note = "하나" }, default));
        Assert.Equal(2, await database.WriteOne<int>(Sql + "id", new { Note = "x" }, default));
        Assert.Equal(3, await database.WriteOne<long?>(Sql + "id", new { Note = "x" }, default));
        Assert.Null(await database.WriteOne<string>(Sql + "note", new { Note = (string?)null }, default));
        Assert.Null(await database.WriteOne<long?>("update entries set note = 'y' where id = @Id returning id", new { Id = 99 }, default));
    }
}
