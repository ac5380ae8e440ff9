using System.Security.Cryptography;
using System.Text;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>The counts in a relational database, where all replicas count together.</summary>
internal sealed class SqlMessageCounts(IDatabase database) : IMessageCounts
{
    /// <summary>Those of spans that are over.</summary>
    public static readonly Retention Ended = new(
        "message_counts", "subject, ends_at", "select subject, ends_at from message_counts where ends_at < @Before limit @Limit", TimeSpan.FromDays(1));

    public async Task<Allowance?> Take(IReadOnlyList<Allowance> allowances, CancellationToken cancellation)
    {
        const string take =
            """
            insert into message_counts (subject, ends_at, taken) values (@Subject, @EndsAt, 1)
            on conflict (subject, ends_at) do update set taken = message_counts.taken + 1 where message_counts.taken < @AtMost
            """;
        const string taken = "select taken from message_counts where subject = @Subject and ends_at = @EndsAt";

        // In the same order everywhere, so that no two writers wait for each other.
        var batch = new Batch();
        foreach (var row in allowances.Select(Row.Of).OrderBy(static row => row.Subject, StringComparer.Ordinal))
            batch.Require(take, row);
        if (await database.Write(batch, cancellation) == WriteResult.Done)
            return null;

        foreach (var allowance in allowances)
        {
            var row = Row.Of(allowance);
            if ((await database.Query<long>(taken, row, cancellation)).SingleOrDefault() >= row.AtMost)
                return allowance;
        }

        // The span has ended and its rows were let go meanwhile; the next one has room.
        return allowances[0];
    }

    private sealed record Row(string Subject, long EndsAt, int AtMost)
    {
        public static Row Of(Allowance allowance) => new(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(allowance.Subject))), allowance.EndsAt.ToUnixTimeMilliseconds(), allowance.AtMost);
    }
}
