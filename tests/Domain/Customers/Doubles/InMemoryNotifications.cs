using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Customers.Doubles;

/// <summary>The notifications in memory.</summary>
internal sealed class InMemoryNotifications : INotifications
{
    private readonly Lock _gate = new();
    private readonly List<Row> _rows = [];
    private int _claims;

    /// <summary>The process dies when this says so, and nothing is written.</summary>
    public Func<bool> Crashes { get; set; } = static () => false;

    public IReadOnlyList<Notification> All => [.. _rows.Select(static row => row.Notification)];

    public IReadOnlyList<Notification> SentOnes => [.. _rows.Where(static row => row.SentAt is not null).Select(static row => row.Notification)];

    public IReadOnlyList<string?> SentBy => [.. _rows.Select(static row => row.SentBy)];

    public IReadOnlyList<string> Refusals => [.. _rows.Select(static row => row.Refusal)];

    public bool AnyPending => _rows.Exists(static row => row.IsPending);

    public Task Add(IReadOnlyList<Notification> notifications, MessageContext context, CancellationToken cancellation)
    {
        lock (_gate)
        {
            foreach (var one in notifications.Where(one => !_rows.Exists(row => row.Notification == one)))
                _rows.Add(new Row(_rows.Count + 1, one));
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ClaimedNotification>> Claim(DateTimeOffset now, DateTimeOffset until, int atMost, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var claim = (++_claims).ToString();
            var free = _rows.Where(row => row.IsPending && (row.HeldUntil <= now || row.HeldUntil > until + DispatchNotificationsHandler.MaxPause) && !_rows.Exists(row.Waits)).Take(atMost).ToList();
            free.ForEach(row => (row.HeldUntil, row.Claim, row.Claims) = (until, claim, row.Claims + 1));
            return Task.FromResult<IReadOnlyList<ClaimedNotification>>(
                [.. free.Select(row => new ClaimedNotification(row.Number, claim, row.Failures + 1, row.Claims > 1, row.Notification))]);
        }
    }

    public Task MarkSent(ClaimedNotification claimed, string channel, DateTimeOffset sentAt, CancellationToken cancellation) =>
        Change(claimed, row => (row.SentAt, row.SentBy) = (row.SentAt ?? sentAt, row.SentBy ?? channel));

    public Task Refuse(ClaimedNotification claimed, string reason, DateTimeOffset at, CancellationToken cancellation) =>
        Change(claimed, row =>
        {
            if (row.Claim == claimed.Claim)
                (row.SentAt, row.SentBy, row.Refusal) = (at, "none", reason);
        });

    public Task Postpone(ClaimedNotification claimed, DateTimeOffset until, CancellationToken cancellation) =>
        Change(claimed, row =>
        {
            if (row.Claim == claimed.Claim)
                (row.HeldUntil, row.Failures) = (until, row.Failures + 1);
        });

    public Task GiveUp(ClaimedNotification claimed, CancellationToken cancellation) =>
        Change(claimed, row => row.GivenUp |= string.Equals(row.Claim, claimed.Claim, StringComparison.Ordinal));

    public Task<IReadOnlyList<SentNotification>> Sent(OrderId? order, RecipientRole? to, long after, int atMost, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<SentNotification>>(
        [
            .. _rows.Where(row => row.SentAt is not null && row.Number > after)
                .Where(row => (order ?? row.Notification.OrderId) == row.Notification.OrderId && (to ?? row.Notification.Role) == row.Notification.Role)
                .Take(atMost)
                .Select(static row => new SentNotification(row.Number, row.Notification, row.SentBy!, row.SentAt!.Value) { Refusal = row.Refusal }),
        ]);

    public async Task<Listed<SentNotification>> SentPage(OrderId? order, RecipientRole? to, long page, int size, CancellationToken cancellation)
    {
        var sent = await Sent(order, to, 0, int.MaxValue, cancellation);
        return Listed.Of([.. sent.Skip((int)page * size).Take(size)], sent.Count);
    }

    public Task<Listed<UndeliveredNotification>> UndeliveredPage(long page, int size, CancellationToken cancellation) =>
        Task.FromResult(Listed.Of<UndeliveredNotification>([], 0));

    public Task EraseTexts(OrderId order, CancellationToken cancellation) => throw new NotSupportedException("The stores' suite has it.");

    public Task<long> Retry(long? number, CancellationToken cancellation) => Task.FromResult(0L);

    private Task Change(ClaimedNotification claimed, Action<Row> change)
    {
        if (Crashes())
            throw new CrashException();
        lock (_gate)
            change(_rows[(int)claimed.Number - 1]);
        return Task.CompletedTask;
    }

    private sealed class Row(long number, Notification notification)
    {
        public long Number => number;

        public Notification Notification => notification;

        public DateTimeOffset HeldUntil { get; set; }

        public string? Claim { get; set; }

        public int Failures { get; set; }

        public int Claims { get; set; }

        public string? SentBy { get; set; }

        public string Refusal { get; set; } = "";

        public bool GivenUp { get; set; }

        public DateTimeOffset? SentAt { get; set; }

        public bool IsPending => SentAt is null && !GivenUp;

        public bool Waits(Row earlier) => earlier.IsPending && earlier.Number < Number
            && earlier.Notification.OrderId == Notification.OrderId && earlier.Notification.Role == Notification.Role;
    }
}

/// <summary>Stands for the death of a process.</summary>
internal sealed class CrashException : Exception;
