using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Customers.Doubles;

/// <summary>Confirmations, codes and counts in memory.</summary>
internal sealed class InMemoryPhones : IPhoneConfirmations, IPhoneCodes, IMessageCounts
{
    private readonly Dictionary<PhoneHolder, PhoneConfirmation> _confirmations = [];
    private readonly Dictionary<(string, DateTimeOffset), int> _counts = [];

    /// <summary>Runs once before the next save: another writer.</summary>
    public Func<Task>? BeforeNextSave { get; set; }

    /// <summary>What is drawn.</summary>
    public string Code { get; set; } = "012345";

    public string Draw() => Code;

    public Task<PhoneConfirmation?> Find(PhoneHolder holder, CancellationToken cancellation) =>
        Task.FromResult(_confirmations.TryGetValue(holder, out var kept) ? Copy(kept) : null);

    public async Task Save(PhoneConfirmation confirmation, CancellationToken cancellation)
    {
        var meanwhile = BeforeNextSave;
        BeforeNextSave = null;
        if (meanwhile is not null)
            await meanwhile();
        if ((_confirmations.GetValueOrDefault(confirmation.Holder)?.Version ?? 0) != confirmation.LoadedVersion)
            throw new ConcurrencyException();
        _confirmations[confirmation.Holder] = Copy(confirmation);
    }

    public Task<Allowance?> Take(IReadOnlyList<Allowance> allowances, CancellationToken cancellation)
    {
        lock (_counts)
        {
            if (allowances.FirstOrDefault(one => _counts.GetValueOrDefault((one.Subject, one.EndsAt)) >= one.AtMost) is { } full)
                return Task.FromResult<Allowance?>(full);
            foreach (var one in allowances)
                _counts[(one.Subject, one.EndsAt)] = _counts.GetValueOrDefault((one.Subject, one.EndsAt)) + 1;
            return Task.FromResult<Allowance?>(null);
        }
    }

    private static PhoneConfirmation Copy(PhoneConfirmation kept) =>
        PhoneConfirmation.Load(kept.Holder, kept.Phone, kept.Code, kept.ConfirmedAt, kept.Version);
}
