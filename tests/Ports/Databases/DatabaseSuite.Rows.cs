using Dapper;
using FoodDelivery.Platform.Storage;

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
    public async Task A_query_returns_its_rows_in_their_order()
    {
        var database = await Opened();
        foreach (var note in new[] { "둘", null, "하나" })
            await database.Write(new Batch().Add("insert into entries (account, note) values ('till', @Note)", new { Note = note }), default);
        const string Sql = "select id, note from entries where id >= @First order by id desc";

        Assert.Equal(["하나", null, "둘"], (await database.Query<Entry>(Sql, new { First = 1 }, default)).Select(static entry => entry.Note));
        Assert.Equal([3L, 2], await database.Query<long>("select id from entries where id >= @First order by id desc", new { First = 2L }, default));
        Assert.Empty(await database.Query<Entry>(Sql, new { First = 4 }, default));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => database.Query<Entry>("select nothing from nowhere where 1 = @One", new { One = 1 }, default));
    }

    [SuiteFact]
    public async Task A_query_sees_what_was_written_before_it()
    {
        var (writing, reading) = (await Opened(), await Opened());
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            var name = $"n{number}";
            await writing.Write(new Batch().Add(Insert, Account(name, number)), default);
            Assert.Equal([(long)number], await reading.Query<long>("select balance from accounts where name = @Name", new { Name = name }, default));
        }));
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
