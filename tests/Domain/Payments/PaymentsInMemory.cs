using FoodDelivery.Kernel;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Tests.Domain.Payments;

/// <summary>Payments that keep the promises of the port: one an order, optimistic versions, an event's effect once.</summary>
internal sealed class PaymentsInMemory(Stage stage) : IPayments, IPaymentNumbers
{
    private readonly Dictionary<OrderId, (PaymentState State, long Version)> _rows = [];
    private readonly HashSet<(string, string)> _inbox = [];
    private long _last;

    public List<IDomainEvent> Published { get; } = [];

    public Payment? Row(OrderId order) => _rows.TryGetValue(order, out var row) ? Payment.Load(row.State, row.Version) : null;

    public Task<bool> Add(Payment payment, MessageContext cause, CancellationToken cancellation) => stage.Perform(() =>
    {
        if (Handled(cause))
            return true;

        if (!_rows.TryAdd(payment.Order, (payment.State, payment.Version)))
            return false;

        Commit(payment, cause);
        return true;
    });

    public Task Save(Payment payment, MessageContext cause, CancellationToken cancellation) => stage.Perform(() =>
    {
        if (Handled(cause))
            return true;

        if (_rows[payment.Order].Version != payment.LoadedVersion)
            throw new ConcurrencyException();

        _rows[payment.Order] = (payment.State, payment.Version);
        Commit(payment, cause);
        return true;
    });

    public Task<Payment?> OfOrder(OrderId order, CancellationToken cancellation) => stage.Perform(() => Row(order));

    public Task<Payment?> Find(PaymentId payment, CancellationToken cancellation) =>
        stage.Perform(() => _rows.Keys.Select(Row).SingleOrDefault(row => row!.Id == payment));

    public Task<IReadOnlyList<OrderId>> Due(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        stage.Perform<IReadOnlyList<OrderId>>(() => [.. _rows.Values.Where(row => Payment.Load(row.State, row.Version).IsDue(now)).Select(row => row.State.Order)]);

    public ValueTask<PaymentId> Next(CancellationToken cancellation) => ValueTask.FromResult(new PaymentId(++_last));

    private bool Handled(MessageContext cause) => cause.Consumer is { } consumer && _inbox.Contains((consumer, cause.Id));

    private void Commit(Payment payment, MessageContext cause)
    {
        Published.AddRange(payment.Raised);
        if (cause.Consumer is { } consumer)
            _inbox.Add((consumer, cause.Id));
    }
}
