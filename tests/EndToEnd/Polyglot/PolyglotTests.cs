using FoodDelivery.Tests.Support.Postgres;
using FoodDelivery.Tests.Support.Processes;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd.Polyglot;

/// <summary>The same services on either database: nobody can tell which by their answers.</summary>
public sealed class PolyglotTests(ITestOutputHelper output)
{
    private static readonly string[] Unhurried = ["--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000"];

    [PostgresFact]
    public async Task Every_service_answers_the_same_on_SQLite_and_on_PostgreSQL()
    {
        var cluster = await PostgresCluster.Running();

        var sqlite = await Answers(Unhurried);
        var postgres = await Answers([.. Unhurried, "--Storage:Provider=Postgres", $"--Storage:ConnectionString={cluster.ConnectionString("polyglot_{name}")}"]);

        output.WriteLine(string.Join(Environment.NewLine, sqlite));
        Assert.True(sqlite.Count > 60, $"{sqlite.Count} answers are no conversation.");
        foreach (var (ours, theirs) in sqlite.Zip(postgres))
            Assert.Equal(ours, theirs);
        Assert.Equal(sqlite.Count, postgres.Count);
    }

    private async Task<IReadOnlyList<string>> Answers(string[] settings)
    {
        await using var fleet = await Fleet.Local(settings);
        try
        {
            return await new Conversation(fleet).Held();
        }
        catch
        {
            output.WriteLine(fleet.Output);
            throw;
        }
    }
}
