using Dapper;
using FoodDelivery.Adapters.Customers.Notifications;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>The notifications in a relational database; those that are pending carry the claim of whoever is sending them.</summary>
internal sealed class SqlNotifications(IDatabase database, DispatchSignal written) : INotifications
{
    // Pending, said of one row in words that no index of the pending is made for. A server that expects hardly anything to be pending would read such an
    // index from end to end rather than look the row up.
    private const string Pending = "state < 1";

    // Clocks differ: whoever tells of changes may be behind who prunes.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    /// <summary>
    /// Those that were sent. Their rows keep a change from being told twice; once they are gone, <see cref="NotifyOfChangesHandler"/> tells of no change that
    /// is as old. What is pending or given up stays.
    /// </summary>
    public static Retention OfLongAgo(NotificationTerms terms) =>
        new("notifications", "id", Retention.Oldest("id", "notifications", "state = 1 and sent_at < @Before"), terms.Keep + Margin);

    public async Task Add(IReadOnlyList<Notification> notifications, MessageContext context, CancellationToken cancellation)
    {
        const string insert =
            """
            insert into notifications (order_id, version, role, status, recipient, text, addressee, via, template, caller, state, attempts, held_until)
            values (@OrderId, @Version, @Role, @Status, @Recipient, @Text, @Addressee, @Via, @Template, @Caller, 0, 0, 0)
            on conflict (order_id, version, role) do nothing
            """;
        var batch = new Batch().Once(context);
        foreach (var notification in notifications)
            batch.Add(insert, NotificationRow.Of(notification));
        await database.Write(batch.OnCommitted(written.Set), cancellation);
    }

    public async Task<IReadOnlyList<ClaimedNotification>> Claim(DateTimeOffset now, DateTimeOffset until, int atMost, CancellationToken cancellation)
    {
        // Each is compared with the first one of its order, which is one look into an index. Asked whether there is none before it, such a server reads all
        // that is pending, for each.
        const string isFirst =
            $"""
            version = (
                select min(version) from notifications earlier
                where earlier.{Pending} and earlier.order_id = pending.order_id and earlier.role = pending.role)
            """;

        // Two questions, each of which follows the index in its order and stops soon; asked as one, the server would collect all that is due, and all entries
        // that it has not cleared away yet. The second one finds what a clock put far ahead that has been put back.
        const string free =
            $"""
            select id from (
                select id from notifications pending where state = 0 and held_until <= @Now and {isFirst}
                order by held_until, id limit @AtMost) due
            union all
            select id from (
                select id from notifications pending where state = 0 and held_until > @Furthest and {isFirst}
                order by held_until, id limit @AtMost) stray
            limit @AtMost
            """;
        const string claim =
            $"""
            update notifications set held_until = @Until, claim = @Claim, claims = claims + 1
            where id = @Id and {Pending} and (held_until <= @Now or held_until > @Furthest)
            """;
        const string claimed = $"select * from notifications where {Pending} and claim = @Claim order by id";

        // Looked for on a reading connection: finding them may take longer than a writer should.
        var furthest = (until + DispatchNotificationsHandler.MaxPause).ToUnixTimeMilliseconds();
        var ids = await Query<long>(free, new { Now = now.ToUnixTimeMilliseconds(), Furthest = furthest, AtMost = atMost }, cancellation);
        if (ids.Count == 0)
            return [];

        var mine = Guid.NewGuid().ToString("N");
        var batch = new Batch();
        foreach (var id in ids)
            batch.Add(claim, new { Id = id, Claim = mine, Now = now.ToUnixTimeMilliseconds(), Furthest = furthest, Until = until.ToUnixTimeMilliseconds() });
        await database.Write(batch, cancellation);
        var rows = await Query<NotificationRow>(claimed, new { Claim = mine }, cancellation);
        return [.. rows.Select(static row => row.Claimed())];
    }

    public Task MarkSent(ClaimedNotification claimed, string channel, DateTimeOffset sentAt, CancellationToken cancellation) => database.Write(
        new Batch().Add(
            $"update notifications set state = 1, channel = @Channel, sent_at = @SentAt, claim = null where id = @Number and {Pending}",
            new { claimed.Number, Channel = channel, SentAt = sentAt.ToUnixTimeMilliseconds() }),
        cancellation);

    public Task Refuse(ClaimedNotification claimed, string reason, DateTimeOffset at, CancellationToken cancellation) => database.Write(
        new Batch().Add(
            $"""
            update notifications set state = 1, channel = @Channel, refusal = @Refusal, sent_at = @SentAt, claim = null
            where id = @Number and {Pending} and claim = @Claim
            """,
            new { claimed.Number, claimed.Claim, Channel = ContactChannel.None.Word(), Refusal = reason, SentAt = at.ToUnixTimeMilliseconds() }),
        cancellation);

    public Task Postpone(ClaimedNotification claimed, DateTimeOffset until, CancellationToken cancellation) => database.Write(
        new Batch().Add(
            $"update notifications set held_until = @Until, claim = null, attempts = attempts + 1 where id = @Number and {Pending} and claim = @Claim",
            new { claimed.Number, claimed.Claim, Until = until.ToUnixTimeMilliseconds() }),
        cancellation);

    public Task GiveUp(ClaimedNotification claimed, CancellationToken cancellation) => database.Write(
        new Batch().Add(
            $"update notifications set state = 2, claim = null where id = @Number and {Pending} and claim = @Claim",
            new { claimed.Number, claimed.Claim }),
        cancellation);

    public Task EraseTexts(OrderId order, CancellationToken cancellation) => database.Write(
        new Batch().Erasing()
            .Add($"delete from notifications where order_id = @OrderId and role = {(int)RecipientRole.Customer} and state <> 1", new { OrderId = order.Value })
            .Add(
                $"update notifications set recipient = @Word, text = @Word, addressee = '' where order_id = @OrderId and role = {(int)RecipientRole.Customer}",
                new { OrderId = order.Value, ErasedText.Word }),
        cancellation);

    public async Task<long> Retry(long? number, CancellationToken cancellation)
    {
        var which = $"where state = 2{(number is null ? "" : " and id = @Number")}";
        var count = await Query<long>(
            $"select count(*) from (select 1 from notifications {which} limit @Most) counted",
            new { Number = number, Most = Listed.MaxCounted },
            cancellation);
        var again = $"update notifications set state = 0, attempts = 0, held_until = 0, claim = null {which}";
        await database.Write(new Batch().Add(again, new { Number = number }).OnCommitted(written.Set), cancellation);
        return count[0];
    }

    public async Task<IReadOnlyList<SentNotification>> Sent(OrderId? order, RecipientRole? to, long after, int atMost, CancellationToken cancellation)
    {
        var sql = $"select * from notifications where state = 1{OfOrder(order)}{ToRole(to)} and id > @After order by id limit @AtMost";
        var rows = await Query<NotificationRow>(sql, new { OrderId = order?.Value, Role = (int?)to, After = after, AtMost = atMost }, cancellation);
        return [.. rows.Select(static row => row.Sent())];
    }

    public Task<Listed<SentNotification>> SentPage(OrderId? order, RecipientRole? to, long page, int size, CancellationToken cancellation) =>
        Page($"state = 1{OfOrder(order)}{ToRole(to)}", order, to, page, size, static row => row.Sent(), cancellation);

    public Task<Listed<UndeliveredNotification>> UndeliveredPage(long page, int size, CancellationToken cancellation) =>
        Page("state = 2", null, null, page, size, static row => row.Undelivered(), cancellation);

    private Task<Listed<T>> Page<T>(
        string which, OrderId? order, RecipientRole? to, long page, int size, Func<NotificationRow, T> make, CancellationToken cancellation)
    {
        var items = $"select * from notifications where {which} order by id limit @Size offset @Offset";
        var count = $"select count(*) from (select 1 from notifications where {which} limit @Most) counted";
        var parameters = new { OrderId = order?.Value, Role = (int?)to, Size = size, Offset = page * size, Most = Listed.MaxCounted + 1 };
        return database.Read(
            async connection =>
            {
                var rows = await connection.QueryAsync<NotificationRow>(new CommandDefinition(items, parameters, cancellationToken: cancellation));
                var counted = await connection.QuerySingleAsync<long>(new CommandDefinition(count, parameters, cancellationToken: cancellation));
                return Listed.Of([.. rows.Select(make)], counted);
            },
            cancellation);
    }

    private static string OfOrder(OrderId? order) => order is null ? "" : " and order_id = @OrderId";

    private static string ToRole(RecipientRole? role) => role is null ? "" : " and role = @Role";

    private async Task<IReadOnlyList<T>> Query<T>(string sql, object parameters, CancellationToken cancellation) =>
        [.. await database.Read(
            connection => connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellation)), cancellation)];
}

/// <summary>A notification as its table has it.</summary>
internal sealed class NotificationRow
{
    public long Id { get; set; }

    public long OrderId { get; set; }

    public long Version { get; set; }

    public int Role { get; set; }

    public string Status { get; set; } = "";

    public string Recipient { get; set; } = "";

    public string Text { get; set; } = "";

    public string Addressee { get; set; } = "";

    public string Via { get; set; } = FoodDelivery.Customers.Notification.Console;

    public string Template { get; set; } = "";

    public long Claims { get; set; }

    public int Attempts { get; set; }

    public string? Claim { get; set; }

    public string Caller { get; set; } = "";

    public string Refusal { get; set; } = "";

    public string? Channel { get; set; }

    public long? SentAt { get; set; }

    public static NotificationRow Of(Notification notification) => new()
    {
        OrderId = notification.OrderId.Value,
        Version = notification.Version,
        Role = (int)notification.Role,
        Status = notification.Status,
        Recipient = notification.Recipient,
        Text = notification.Text,
        Addressee = notification.Addressee,
        Via = notification.Channel,
        Template = notification.Template,
        Caller = notification.Caller,
    };

    public ClaimedNotification Claimed() => new(Id, Claim!, Attempts + 1, Claims > 1, Notification());

    public SentNotification Sent() => new(Id, Notification(), Channel!, DateTimeOffset.FromUnixTimeMilliseconds(SentAt!.Value)) { Refusal = Refusal };

    public UndeliveredNotification Undelivered() => new(Id, Attempts, Notification());

    private Notification Notification() => new(new OrderId(OrderId), Version, (RecipientRole)Role, Status, Recipient, Text)
    {
        Addressee = Addressee,
        Channel = Via,
        Template = Template,
        Caller = Caller,
    };
}
